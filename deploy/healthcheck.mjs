// Exit code 0 when the service of this container answers that it is ready; says what it answered, which `docker inspect` shows.
const url = `http://127.0.0.1:${process.env.PORT ?? 3000}/health/ready`;
try {
  const answer = await fetch(url, { signal: AbortSignal.timeout(4000) });
  console.log(await answer.text());
  process.exitCode = answer.ok ? 0 : 1;
} catch (error) {
  console.log(`${url}: ${error.cause?.message ?? error.message}`);
  process.exitCode = 1;
}
