import { InputError } from '@math-labeler/curriculum';
import { dayOf, DOLLAR, openPrices, PRICE_UNKNOWN, type Question } from '@math-labeler/llm';
import { type Problem } from '@math-labeler/problem-files';
import { readSettings } from '@math-labeler/service-kit';
import { EXIT, type ExitCode } from '../exit-code.js';
import { FaultList } from '../fault-list.js';
import { holdsNothing, openInput } from '../input.js';
import { wordsIn } from '../language.js';
import { LineOutput } from '../line-output.js';
import { type Session, tell } from '../session.js';
import { streamProblems } from '../stream-problems.js';
import { textTable } from '../text-table.js';
import { type Estimate, estimateCost, type EstimateOptions } from './estimate-cost.js';
import { money, percent } from './money.js';

/** The questions that labelling these problems would ask first. */
export type QuestionsOf = (session: Session, problems: AsyncIterable<Problem>) => AsyncIterable<Question>;

export interface EstimateFilesOptions {
  readonly batch: boolean;
  /** Undefined: OPENAI_MODEL. */
  readonly model?: string;
  readonly outputTokens: number;
  readonly json: boolean;
}

/** What the first looks at the problems of these files would cost. Nothing is asked. */
export async function estimateFiles(session: Session, files: readonly string[], options: EstimateFilesOptions, questionsOf: QuestionsOf): Promise<ExitCode> {
  const { model, price } = await chosenPrice(session, options.model);
  const faults = await FaultList.open(session, undefined);
  if (await holdsNothing(files, faults)) {
    await faults.close();
    return EXIT.refused;
  }
  const input = await openInput(session, files, 'once');
  let problems = 0;
  const counted = async function* (): AsyncGenerator<Problem> {
    for await (const problem of streamProblems(session, COUNTING, input, { onFault: (error) => faults.add(error) })) {
      problems += 1;
      yield problem;
    }
  };
  try {
    const estimate = await estimateCost(questionsOf(session, counted()), { price, way: options.batch ? 'batch' : 'at once', outputTokens: options.outputTokens });
    await write(session, { problems, model, batch: options.batch, ...estimate }, options.json);
  } finally {
    await input.close();
    await faults.close();
  }
  if (price === undefined) tell(session, PRICE_UNKNOWN);
  if (problems === 0) return EXIT.refused;
  return faults.count > 0 ? EXIT.someFailed : EXIT.done;
}

const COUNTING = { ko: '토큰 세기', en: 'Counting tokens' };

/** The settings name a model only together with a provider; to estimate, its name is enough. */
async function chosenPrice({ env }: Session, asked: string | undefined): Promise<{ readonly model: string; readonly price: EstimateOptions['price'] }> {
  const { llm } = readSettings(env);
  const model = asked ?? llm?.model ?? env['OPENAI_MODEL'];
  if (!model) throw new InputError('CLI.NO_MODEL', { file: 'environment' }, 'OPENAI_MODEL', { ko: '어느 모델의 비용인지 OPENAI_MODEL이나 --model로 알려 주세요', en: 'say by OPENAI_MODEL or --model which model’s cost is meant' });
  const prices = await openPrices({ own: llm?.prices ?? (env['LLM_PRICES'] || undefined), baseUrl: llm?.baseUrl });
  return { model, price: prices.priceOf(model, dayOf(Date.now())) };
}

interface Report extends Estimate {
  readonly problems: number;
  readonly model: string;
  readonly batch: boolean;
}

async function write({ stdout, language }: Session, report: Report, json: boolean): Promise<void> {
  const output = new LineOutput(stdout);
  const { cost, ...rest } = report;
  for (const line of json ? [JSON.stringify({ ...rest, costUsd: cost === undefined ? null : cost / DOLLAR }, null, 2)] : linesOf(report, wordsIn(language))) await output.write(line);
}

function linesOf({ problems, model, batch, questions, inputTokens, cacheableTokens, outputTokens, cost }: Report, words: (ko: string, en: string) => string): string[] {
  const each = (count: number): number => Math.round(count / Math.max(1, questions));
  const share = percent(inputTokens === 0 ? 0 : cacheableTokens / inputTokens);
  return textTable([
    ['', words('모두', 'in all'), words('질문마다', 'per question'), ''],
    [words('문제', 'problems'), problems, '', ''],
    [words('질문', 'questions'), questions, '', model],
    [words('입력 토큰', 'input tokens'), inputTokens, each(inputTokens), ''],
    [words('그 가운데 캐시되는 것', 'of these cacheable'), cacheableTokens, each(cacheableTokens), share],
    [words('출력 토큰 (어림)', 'output tokens (assumed)'), outputTokens, each(outputTokens), ''],
    [words('비용', 'cost'), cost === undefined ? words('가격 모름', 'price unknown') : money(cost), cost === undefined ? '' : money(each(cost)), batch ? words('묶음 처리', 'batch') : ''],
  ]);
}
