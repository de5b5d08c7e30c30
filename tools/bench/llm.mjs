// A language model that takes 1.66 s for an answer, 64 questions at a time: how many problems a second, and does memory stay?
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { round, say } from './figures.mjs';
import { distinctProblems } from './problems.mjs';
import { Server } from './server.mjs';

const ANSWER_MS = 1660;
const IN_FLIGHT = 64;
const PROBLEMS = Number(process.env.BENCH_LLM_PROBLEMS ?? 2500);

export async function measureLlm(models) {
  say(`language model: ${PROBLEMS} problems, ${IN_FLIGHT} questions of ${ANSWER_MS / 1000} s at a time`);
  const provider = new Provider();
  const server = await Server.start({ models, env: { OPENAI_BASE_URL: await provider.start(), OPENAI_MODEL: 'bench', MAX_IN_FLIGHT: String(IN_FLIGHT), LLM_MAX_IN_FLIGHT: String(IN_FLIGHT) } });
  const residentMb = [];
  const watch = setInterval(() => residentMb.push(server.residentMb()), 1000);
  const cpuBefore = server.cpuSeconds();
  const seconds = await server.label(distinctProblems(PROBLEMS));
  const cpu = server.cpuSeconds() - cpuBefore;
  clearInterval(watch);
  const peakMb = await server.stop();
  await provider.stop();
  const half = residentMb.slice(Math.floor(residentMb.length / 2));
  return {
    llm: {
      problemsPerSecond: round(PROBLEMS / seconds),
      questionsPerSecond: round(provider.questions / seconds),
      secondLooksPer1000: Math.round((1000 * (provider.questions - PROBLEMS)) / PROBLEMS),
      mostAtATime: provider.most,
      cpuMsPerProblem: round((1000 * cpu) / PROBLEMS),
      residentMb: { half: half[0], end: half.at(-1), peak: peakMb },
    },
  };
}

/** Answers with the standard of the first example that it is shown, as a reader does that is right nearly as often as the neighbours. */
class Provider {
  questions = 0;
  most = 0;
  #active = 0;
  #server = createServer((request, response) => void this.#answer(request, response));

  async start() {
    this.#server.listen(0, '127.0.0.1');
    await new Promise((resolve) => this.#server.once('listening', resolve));
    return `http://127.0.0.1:${this.#server.address().port}/v1`;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request, response) {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    this.questions++;
    this.most = Math.max(this.most, ++this.#active);
    const { messages } = JSON.parse(Buffer.concat(pieces).toString());
    await pause(ANSWER_MS);
    this.#active--;
    const user = messages.at(-1).content;
    const code = /^\[(\d수\d\d-\d\d)-[ABC]\]/m.exec(user)?.[1];
    const number = new RegExp(`^(\\d+) ${code}`, 'm').exec(user)?.[1] ?? '1';
    const content = JSON.stringify({ reason: '비슷한 문제와 같은 것을 묻는다.', standard: number, level: 'B', certainty: 'high' });
    const usage = { prompt_tokens: 1900, completion_tokens: 60, total_tokens: 1960, prompt_tokens_details: { cached_tokens: 1280 } };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: '1', object: 'chat.completion', created: 1, model: 'bench', choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content, refusal: null } }], usage }));
  }
}
