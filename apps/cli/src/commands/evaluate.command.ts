import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import { type Curriculum, type InputError } from '@math-labeler/curriculum';
import { compare, type Evaluation, evaluate, type EvaluationContext, type Judged, renderEvaluation } from '@math-labeler/evaluation';
import { judgedOf, leaveOneAuthorOut } from '@math-labeler/labeler';
import { EXIT, type ExitCode } from '../exit-code.js';
import { FaultList } from '../fault-list.js';
import { holdsNothing } from '../input.js';
import { presentKnowledge } from '../knowledge/present-knowledge.js';
import { wordsIn } from '../language.js';
import { compareEvaluations } from '../llm/compare-evaluations.js';
import { evaluateLlm, type LlmOutcome, renderLlm } from '../llm/evaluate-llm.js';
import { writeOutcomes } from '../llm/outcomes.js';
import { openLabeler } from '../open-labeler.js';
import { refuseOverwriting } from '../overwriting.js';
import { labelingOptions, type LabelingOptions } from '../options.js';
import { startProgress } from '../progress.js';
import { readFiles } from '../read-files.js';
import { type Session, tell } from '../session.js';

interface EvaluateOptions extends LabelingOptions {
  readonly json: boolean;
  readonly errors?: string;
  readonly leaveOneAuthorOut: boolean;
  readonly record?: string;
  readonly replay?: string;
  readonly compare: boolean;
}

export function evaluateCommand(session: Session, onDone: (code: ExitCode) => void): Command {
  const words = wordsIn(session.language);
  const command = new Command('evaluate')
    .description(words('정답이 있는 문제로 얼마나 맞는지, 신뢰도가 얼마나 정직한지 잽니다', 'measure accuracy and how honest the confidence is, on problems with gold labels'))
    .argument('[file...]', words('정답 파일 (text, code, level) 또는 AI-Hub 문항', 'gold files (text, code, level) or AI-Hub items'))
    .addOption(new Option('--json', words('JSON으로', 'as JSON')).default(false))
    .addOption(new Option('--errors <file>', words('쓸 수 없었던 줄의 목록', 'list of what could not be used')))
    .addOption(new Option('--record <folder>', words('언어 모델의 답과 평가 결과를 폴더에 적습니다', 'write what the language model answers, and the outcome, into a folder')))
    .addOption(new Option('--replay <folder>', words('언어 모델 대신 적어 둔 답으로 평가합니다', 'answer from such a folder instead of the language model')).conflicts('record'))
    .addOption(new Option('--compare', words('적어 둔 평가 두 개를 문제마다 견주어 봅니다 (폴더 A와 B)', 'compare two recorded evaluations problem by problem (folders A and B)')).default(false))
    .addOption(new Option('--leave-one-author-out', words('저자를 하나씩 빼고 학습해 그 저자의 문제로 잽니다 (몇 분)', 'train without one author at a time and measure on that author (minutes)')).default(false));
  for (const option of labelingOptions(session.language)) command.addOption(option);
  return command
    .addHelpText('after', words('\n예:\n  mathlabel evaluate data/evaluation/dev-2022.jsonl\n  mathlabel evaluate --leave-one-author-out --json\n  mathlabel evaluate data/evaluation/dev-2022.jsonl --record runs/a\n  mathlabel evaluate data/evaluation/dev-2022.jsonl --replay runs/a\n  mathlabel evaluate --compare runs/a runs/b', '\nExamples:\n  mathlabel evaluate data/evaluation/dev-2022.jsonl\n  mathlabel evaluate --leave-one-author-out --json\n  mathlabel evaluate data/evaluation/dev-2022.jsonl --record runs/a\n  mathlabel evaluate data/evaluation/dev-2022.jsonl --replay runs/a\n  mathlabel evaluate --compare runs/a runs/b'))
    .action(async (files: string[], options: EvaluateOptions, self: Command) => {
      if (options.compare) {
        if (files.length !== 2) self.error(words('오류: --compare에는 폴더 두 개가 필요합니다', 'error: --compare needs two folders'));
        return onDone(await compareEvaluations(session, [files[0], files[1]], options.json));
      }
      if (options.leaveOneAuthorOut === files.length > 0) self.error(words('오류: 파일 또는 --leave-one-author-out 중 하나를 주세요', 'error: give files, or --leave-one-author-out'));
      onDone(options.leaveOneAuthorOut ? await evaluateAuthors(session, options) : await evaluateFiles(session, files, options));
    });
}

async function evaluateFiles(session: Session, files: readonly string[], options: EvaluateOptions): Promise<ExitCode> {
  await refuseOverwriting(files, [options.errors]);
  const faults = await FaultList.open(session, options.errors);
  if (await holdsNothing(files, faults)) {
    await faults.close();
    return EXIT.refused;
  }
  const opened = await openLabeler(session, options);
  const { labeler, llm } = opened;
  const { standards, byCode } = labeler.curriculum;
  const ids: string[] = [];
  const withContext: Judged[] = [];
  const withoutContext: Judged[] = [];
  const asked: LlmOutcome[] = [];
  try {
    const problems = readFiles(session, opened, files, {
      ...options,
      reading: { gold: 'required', knownCodes: new Set(byCode.keys()) },
      onFault: (error: InputError) => faults.add(error),
    });
    for await (const { problem, reading, context } of problems) {
      withContext.push(judgedOf(labeler.judge(reading, context), problem.gold!, standards));
      withoutContext.push(judgedOf(labeler.judge(reading, { ...context, context: undefined }), problem.gold!, standards));
      ids.push(problem.id);
      if (reading.llm !== undefined) asked.push({ gold: problem.gold!, vote: reading.llm });
    }
  } catch (error) {
    throw opened.told(error);
  } finally {
    await faults.close();
    await opened.close();
  }
  if (withContext.length === 0) {
    tell(session, { ko: '평가할 문제가 없습니다.', en: 'There is nothing to evaluate.' });
    return EXIT.refused;
  }
  if (options.record !== undefined) await writeOutcomes(options.record, ids, withContext);
  const evaluation = { ...evaluate(withContext, evaluationContext(labeler.curriculum)), withoutContext: contrast(withContext, withoutContext, labeler.curriculum) };
  const llmEvaluation = llm === undefined ? undefined : evaluateLlm(asked, llm);
  const pages = [renderEvaluation(evaluation, { language: session.language }), contrastLine(session, evaluation), ...(llmEvaluation === undefined ? [] : [renderLlm(session, llmEvaluation)])];
  session.stdout.write(options.json ? `${JSON.stringify({ ...evaluation, llm: llmEvaluation }, null, 2)}\n` : `${pages.join('\n\n')}\n`);
  return faults.count === 0 ? EXIT.done : EXIT.someFailed;
}

async function evaluateAuthors(session: Session, { json, mixed, errorTarget }: EvaluateOptions): Promise<ExitCode> {
  const knowledge = await presentKnowledge(session);
  const progress = startProgress(session, { ko: '저자를 하나씩 빼고 학습', en: 'Training without one author at a time' }, 100);
  const results = await leaveOneAuthorOut(knowledge, errorTarget, {
    threads: availableParallelism(),
    signal: session.signal,
    onProgress: (share) => progress.set(Math.floor(100 * share)),
  }).finally(() => progress.stop());
  const context = evaluationContext(knowledge.curriculum);
  const authors = results.map(({ author, withContext, withoutContext }) => ({ author, ...summary(evaluate(mixed ? withoutContext : withContext, context)), withoutContext: summary(evaluate(withoutContext, context)) }));
  const all = results.flatMap(({ withContext, withoutContext }) => (mixed ? withoutContext : withContext));
  const pooled = evaluate(all, context);
  const mean = (figure: (result: (typeof authors)[number]) => number): number => authors.reduce((sum, author) => sum + figure(author), 0) / authors.length;
  const report = {
    ...pooled,
    mean: { standard: mean(({ standard }) => standard), level: mean(({ level }) => level), standardWithoutContext: mean(({ withoutContext }) => withoutContext.standard) },
    authors,
    withoutContext: contrast(all, results.flatMap(({ withoutContext }) => withoutContext), knowledge.curriculum),
  };
  session.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : authorTable(session, report, renderEvaluation(pooled, { language: session.language })));
  return EXIT.done;
}

/** The same problems labelled from their text alone, and whether the context really made a difference. */
function contrast(withContext: readonly Judged[], withoutContext: readonly Judged[], curriculum: Curriculum) {
  const isRight = ({ gold, predicted }: Judged): boolean => gold.codes.includes(predicted.code);
  return { ...summary(evaluate(withoutContext, evaluationContext(curriculum))), comparison: compare(withContext.map(isRight), withoutContext.map(isRight)) };
}

function summary({ n, standard, level, label, ece, coverageAt3, acceptedError, level: { ece: levelEce } }: Evaluation) {
  return { n, standard: standard.top1 ?? 0, top5: standard.top5 ?? 0, level: level.top1 ?? 0, label: label.top1 ?? 0, ece, levelEce, coverageAt3, acceptedError };
}

function evaluationContext(curriculum: Curriculum): EvaluationContext {
  return { branchOf: (code) => curriculum.byCode.get(code), areConfusable: (a, b) => curriculum.confusableRules([a, b]).length > 0 };
}

function contrastLine({ language }: Session, { withoutContext: { standard, comparison } }: { readonly withoutContext: ReturnType<typeof contrast> }): string {
  const { onlyA, onlyB, pValue } = comparison;
  return {
    ko: `학년 맥락 없이: 성취기준 ${percent(standard)} (맥락으로 ${onlyA}문제 바로잡고 ${onlyB}문제 놓침, p = ${pValue.toFixed(3)})`,
    en: `Without context: standard ${percent(standard)} (context mended ${onlyA} and spoilt ${onlyB}, p = ${pValue.toFixed(3)})`,
  }[language];
}

interface AuthorReport {
  readonly mean: { readonly standard: number; readonly level: number; readonly standardWithoutContext: number };
  readonly authors: readonly (ReturnType<typeof summary> & { readonly author: string; readonly withoutContext: ReturnType<typeof summary> })[];
  readonly withoutContext: ReturnType<typeof contrast>;
}

function authorTable(session: Session, report: AuthorReport, pooled: string): string {
  const { language } = session;
  const header = { ko: '저자     문제  성취기준  (맥락 없이)  수준    확정    확정 오류', en: 'author      n  standard  (text only)  level  accepted  accepted error' }[language];
  const rows = report.authors.map(
    ({ author, n, standard, level, coverageAt3, acceptedError, withoutContext }) =>
      `${author.padEnd(8)}${String(n).padStart(5)}  ${percent(standard)}     ${percent(withoutContext.standard)}   ${percent(level)}  ${percent(coverageAt3 ?? 0)}   ${percent(acceptedError ?? 0)}`,
  );
  const { mean } = report;
  const last = { ko: `저자 평균: 성취기준 ${percent(mean.standard)} (맥락 없이 ${percent(mean.standardWithoutContext)}), 수준 ${percent(mean.level)}`, en: `mean of the authors: standard ${percent(mean.standard)} (text only ${percent(mean.standardWithoutContext)}), level ${percent(mean.level)}` }[language];
  return `${[pooled, '', header, ...rows, last, '', contrastLine(session, report)].join('\n')}\n`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1).padStart(5)} %`;
}
