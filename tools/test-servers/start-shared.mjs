// node start-shared.mjs KIND FOLDER: starts a server in a run's folder and tells the run what came of it. The server stays.
import { startElasticsearchIn } from './elasticsearch/server.mjs';
import { startKafkaIn } from './kafka/server.mjs';
import { startLlamaIn } from './llama/server.mjs';
import { Unavailable } from './machine.mjs';
import { startMongoIn } from './mongodb/server.mjs';
import { Nest } from './nest.mjs';
import { tellOutcome } from './shared.mjs';

const [kind, folder] = process.argv.slice(2);
const nest = new Nest(folder);
const start = {
  kafka: () => startKafkaIn(nest),
  elasticsearch: () => startElasticsearchIn(nest),
  mongodb: () => startMongoIn(nest),
  llama: () => startLlamaIn(nest),
}[kind];

try {
  const { address, pid } = await start();
  tellOutcome(folder, kind, { address, pid });
} catch (error) {
  tellOutcome(folder, kind, error instanceof Unavailable ? { unavailable: error.reason } : { failed: error.stack });
}
