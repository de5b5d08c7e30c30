import { Command, Option } from 'commander';
import { type LabelResult } from '@math-labeler/contracts';
import { type Signal } from '@math-labeler/local-model';
import { extractKeywords, tokenise } from '@math-labeler/problem-text';
import { colours } from '../colours.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { wordsIn } from '../language.js';
import { openLabeler, type OpenedLabeler } from '../open-labeler.js';
import { labelingOptions, type LabelingOptions } from '../options.js';
import { type Session } from '../session.js';
import { toldContext } from '../source-contexts.js';

const SIGNALS = 12;

export function inspectCommand(session: Session, onDone: (code: ExitCode) => void): Command {
  const words = wordsIn(session.language);
  const command = new Command('inspect')
    .description(words('한 문제의 라벨이 어떻게 나왔는지 신호마다 보여 줍니다', 'show how the label of one problem came about, signal by signal'))
    .argument('<text...>', words('문제의 글', 'the text of the problem'))
    .addOption(new Option('--json', words('JSON으로', 'as JSON')).default(false));
  for (const option of labelingOptions(session.language).filter(({ long }) => long === '--grade' || long === '--error-target')) command.addOption(option);
  return command
    .addHelpText('after', words("\n예:\n  mathlabel inspect '100 이하의 수를 읽고 쓰세요.'", "\nExample:\n  mathlabel inspect '100 이하의 수를 읽고 쓰세요.'"))
    .action(async (parts: string[], options: LabelingOptions & { json: boolean }, self: Command) => {
      const text = parts.join(' ');
      if (text.trim() === '') self.error(words('오류: 문제의 글이 비어 있습니다', 'error: the text of the problem is empty'));
      onDone(await inspect(session, text, options));
    });
}

async function inspect(session: Session, text: string, options: LabelingOptions & { readonly json: boolean }): Promise<ExitCode> {
  const opened = await openLabeler(session);
  try {
    return await report(session, opened, text, options);
  } catch (error) {
    throw opened.told(error);
  } finally {
    await opened.close();
  }
}

async function report(session: Session, opened: OpenedLabeler, text: string, options: LabelingOptions & { readonly json: boolean }): Promise<ExitCode> {
  const { labeler, artefact } = opened;
  const context = toldContext(labeler.curriculum, options);
  const reading = await labeler.consult(await labeler.read(text), context, session.signal);
  const result = labeler.label('-', reading, context);
  const position = labeler.curriculum.standards.findIndex(({ code }) => code === result.code);
  const shown: Report = {
    normalised: reading.problem.text,
    keywords: extractKeywords(text),
    tokens: tokenise(reading.problem.text).map(({ kind, text: written }) => ({ kind, text: written })),
    signals: artefact.model.explain(reading.problem, position, SIGNALS),
    result,
  };
  session.stdout.write(options.json ? `${JSON.stringify({ ...shown, llm: reading.llm }, null, 2)}\n` : page(session, opened, shown));
  return EXIT.done;
}

interface Report {
  readonly normalised: string;
  readonly keywords: readonly string[];
  readonly tokens: readonly { readonly kind: string; readonly text: string }[];
  readonly signals: readonly Signal[];
  readonly result: Omit<LabelResult, 'metadata'>;
}

function page({ language }: Session, { knowledge }: OpenedLabeler, { normalised, keywords, tokens, signals, result }: Report): string {
  const title = (ko: string, en: string): string => `\n${colours.bold({ ko, en }[language])}`;
  const statement = (code: string): string => knowledge.curriculum.byCode.get(code)!.statement;
  const percent = (share: number): string => `${(100 * share).toFixed(1).padStart(5)} %`;
  return `${[
    `${colours.bold(result.category['하위 분류'])}  ${result.category.대분류} › ${result.category.중분류}`,
    statement(result.code),
    ...result.reasons.map((reason) => `· ${reason[language]}`),
    title('확률', 'Probabilities'),
    `${percent(result.confidence)}  ${result.code}  ${statement(result.code)}`,
    ...result.alternatives.map(({ code, probability }) => `${percent(probability)}  ${code}  ${statement(code)}`),
    `${percent(result.levelConfidence)}  ${{ ko: '성취수준', en: 'level' }[language]} ${result.level}  ${knowledge.curriculum.levels[result.level][language]}`,
    title('비슷한 문제', 'Similar examples'),
    ...result.evidence.examples.map(({ id, code, level, text, score }) => `${score.toFixed(1).padStart(7)}  ${code}-${level}  ${text.replace(/\s+/g, ' ')}  ${colours.dim(id)}`),
    title('읽은 글', 'Text as read'),
    normalised,
    `${{ ko: '핵심어', en: 'keywords' }[language]}: ${keywords.join(', ')}`,
    colours.dim(tokens.map(({ kind, text }) => `${text.replace(/\n/g, '⏎')}/${kind}`).join(' ')),
    title(`학습 모델의 신호 (${result.code})`, `Signals of the trained model (${result.code})`),
    ...signals.map(({ block, feature, contribution }) => `${contribution.toFixed(3).padStart(7)}  ${block}  ${feature}`),
  ].join('\n')}\n`;
}
