/** After the last spec: the run's servers are gone before the run is. */
export default async function endRun() {
  await globalThis.endOfTestServers();
}
