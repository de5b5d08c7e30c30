// node make-home.mjs KIND HOME: what cache.mjs runs while it holds the lock of that kind.
import { makeHome } from './cache.mjs';
import { fillElasticsearchHome } from './elasticsearch/home.mjs';
import { fillKafkaHome } from './kafka/home.mjs';
import { fillLlamaHome } from './llama/home.mjs';
import { fillMongoHome } from './mongodb/home.mjs';

const [kind, home] = process.argv.slice(2);
await makeHome(home, { kafka: fillKafkaHome, elasticsearch: fillElasticsearchHome, mongodb: fillMongoHome, llama: fillLlamaHome }[kind]);
