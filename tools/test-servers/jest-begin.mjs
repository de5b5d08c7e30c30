import { openNest } from './nest.mjs';
import { RUN, takeGivenServers } from './shared.mjs';

/** Before the first spec: the folder that the run's servers live in, named to every worker by the environment. */
export default function beginRun() {
  const nest = openNest();
  takeGivenServers(nest.folder, process.env);
  process.env[RUN] = nest.folder;
  globalThis.endOfTestServers = nest.close;
}
