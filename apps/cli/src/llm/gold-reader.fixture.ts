import { readFileSync } from 'node:fs';
import { normalise } from '@math-labeler/problem-text';
import { type Received, StubProvider } from '../../../../libs/llm/src/openai/stub-provider.fixture.js';

interface Gold {
  readonly text: string;
  readonly code: string;
  readonly level: string;
}

/** A provider whose model reads the prompt as a perfect reader would: it names the right standard, by its number in the prompt, or says that none fits. */
export class GoldReader extends StubProvider {
  /** Tokens that it has counted, all answers together. */
  readonly usage = { input: 0, cachedInput: 0, output: 0 };
  private readonly golds = new Map<string, Gold>();

  /** @param file gold problems, a line of JSON each */
  constructor(file: string) {
    super();
    for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
      const gold = JSON.parse(line) as Gold;
      this.golds.set(normalise(gold.text), gold);
    }
    this.script((body) => this.reply(body));
  }

  /** What it was asked, in the order of asking. */
  get prompts(): string[] {
    return this.received.map(({ body }) => userOf(body));
  }

  reply(body: Received['body']): { readonly body: object } {
    return { body: this.answer(body) };
  }

  private answer(body: Received['body']): object {
    const user = userOf(body);
    const gold = this.golds.get(problemIn(user));
    const number = user.split('\n').map((line) => /^(\d+) (\d수\d\d-\d\d)/.exec(line)).find((found) => found?.[2] === gold?.code)?.[1] ?? '0';
    const content = JSON.stringify({ reason: `${gold?.code}의 내용을 묻는다.`, standard: number, level: gold?.level ?? 'B', certainty: 'high' });
    const [{ content: system }] = body['messages'] as { content: string }[];
    const tokens = (text: string): number => Math.ceil(text.length * 0.67);
    this.usage.input += tokens(system + user);
    this.usage.cachedInput += tokens(system);
    this.usage.output += tokens(content);
    return {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1,
      model: 'gold-reader-2026-11-01',
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content, refusal: null } }],
      usage: { prompt_tokens: tokens(system + user), completion_tokens: tokens(content), total_tokens: tokens(system + user + content), prompt_tokens_details: { cached_tokens: tokens(system) } },
    };
  }
}

function userOf(body: Received['body']): string {
  return (body['messages'] as { content: string }[]).at(-1)!.content;
}

function problemIn(user: string): string {
  return /<자료 (\w+)>\n([^]*)\n<\/자료 \1>$/.exec(user.slice(user.lastIndexOf('라벨을 붙일 문제')))![2];
}
