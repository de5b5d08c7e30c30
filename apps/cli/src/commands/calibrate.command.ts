import { Command, Option } from 'commander';
import { ENOUGH_REVIEWED, firstLook, fitLlmCalibration, type LlmCalibration, type Observation } from '@math-labeler/confidence';
import { type Curriculum, InputError, LEVELS } from '@math-labeler/curriculum';
import { calibrationError, rankOutcomes } from '@math-labeler/evaluation';
import { normalise } from '@math-labeler/problem-text';
import { llmCalibrationsFile } from '@math-labeler/storage';
import { EXIT, type ExitCode } from '../exit-code.js';
import { FaultList } from '../fault-list.js';
import { holdsNothing } from '../input.js';
import { wordsIn } from '../language.js';
import { type Recording } from '../llm/open-voter.js';
import { openLabeler, type OpenedLabeler } from '../open-labeler.js';
import { labelingOptions, type LabelingOptions } from '../options.js';
import { dataDir } from '../paths.js';
import { type ReadProblem, readFiles } from '../read-files.js';
import { type Session, tell } from '../session.js';

interface CalibrateOptions extends LabelingOptions, Recording {
  readonly json: boolean;
  readonly errors?: string;
}

/** Parts of the reviewed problems, each judged by weights that were fitted on the others. */
const FOLDS = 5;

export function calibrateCommand(session: Session, onDone: (code: ExitCode) => void): Command {
  const words = wordsIn(session.language);
  const command = new Command('calibrate')
    .description(words('검토를 마친 문제로 언어 모델의 답을 얼마나 믿을지 맞춥니다', 'fit how much the answers of the language model count, on reviewed problems'))
    .argument('<file...>', words('검토를 마친 문제 (text, code, level)', 'reviewed problems (text, code, level)'))
    .addOption(new Option('--json', words('보고를 JSON으로', 'report as JSON')).default(false))
    .addOption(new Option('--errors <file>', words('쓸 수 없었던 줄의 목록', 'list of what could not be used')))
    .addOption(new Option('--replay <folder>', words('언어 모델 대신 적어 둔 답으로 맞춥니다', 'answer from a recorded folder instead of the language model')));
  for (const option of labelingOptions(session.language).filter(({ long }) => long === '--grade' || long === '--mixed')) command.addOption(option);
  return command
    .addHelpText('after', words('\n예:\n  mathlabel calibrate reviewed.jsonl\n\n검토를 마친 문제가 100개는 있어야 하고, 모델이 이미 배운 문제는 쓰지 않습니다.', '\nExample:\n  mathlabel calibrate reviewed.jsonl\n\nIt takes 100 reviewed problems; those that the local model has learnt from are left out.'))
    .action(async (files: string[], options: CalibrateOptions) => onDone(await calibrate(session, files, options)));
}

async function calibrate(session: Session, files: readonly string[], options: CalibrateOptions): Promise<ExitCode> {
  const faults = await FaultList.open(session, options.errors);
  if (await holdsNothing(files, faults)) {
    await faults.close();
    return EXIT.refused;
  }
  const opened = await openLabeler(session, options);
  try {
    if (opened.llm === undefined) throw noModel();
    const observations = await observe(session, opened, files, options, faults);
    const fitted = fitLlmCalibration(observations, opened.calibration);
    const report = { model: opened.llm.voter.versions.llm, prompt: opened.llm.voter.versions.prompt, problems: fitted.problems, needed: ENOUGH_REVIEWED, ...compared(observations, opened), fitted };
    if (fitted.problems >= ENOUGH_REVIEWED) await opened.llmCalibrations.with(opened.llm.voter.versions, fitted).write(llmCalibrationsFile(dataDir(session.env)));
    if (options.json) session.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    else tellReport(session, report);
    return fitted.problems < ENOUGH_REVIEWED ? EXIT.refused : faults.count === 0 ? EXIT.done : EXIT.someFailed;
  } catch (error) {
    throw opened.told(error);
  } finally {
    await faults.close();
    await opened.close();
  }
}

/** The votes on each reviewed problem, but for those that the local model has learnt from: its own votes on these are too sure. */
async function observe(session: Session, opened: OpenedLabeler, files: readonly string[], options: CalibrateOptions, faults: FaultList): Promise<Observation[]> {
  const { labeler, knowledge } = opened;
  const read: ReadProblem[] = [];
  const reading = { gold: 'required', knownCodes: new Set(labeler.curriculum.byCode.keys()) } as const;
  for await (const problem of readFiles(session, opened, files, { ...options, errorTarget: 0.03, reading, onFault: (error: InputError) => faults.add(error) })) read.push(problem);
  const learnt = new Set(knowledge.examples.map(({ text }) => wordingOf(text)));
  const fresh = read.filter(({ problem }) => !learnt.has(wordingOf(problem.text)));
  const left = read.length - fresh.length;
  if (left > 0) tell(session, { ko: `모델이 이미 배운 문제 ${left}개는 쓰지 않습니다.`, en: `${left} problems that the model has learnt from are left out.` });
  return fresh.flatMap((one) => observationOf(one, labeler.curriculum) ?? []);
}

function wordingOf(text: string): string {
  return normalise(text).replace(/\s/g, '');
}

function observationOf({ problem, reading: { votes } }: ReadProblem, { standards }: Curriculum): Observation | undefined {
  const { codes, level } = problem.gold!;
  const standard = standards.findIndex(({ code }) => code === codes[0]);
  return standard < 0 || level === undefined || votes.llm === undefined ? undefined : { votes, standard, level: LEVELS.indexOf(level) };
}

interface Quality {
  /** Share of right standards. */
  readonly right: number;
  readonly confidence: number;
  /** Expected calibration error. */
  readonly ece: number;
}

/** As the shipped weights do on these problems, and as fitted ones do on problems that they were not fitted on. */
function compared(observations: readonly Observation[], { calibration }: Pick<OpenedLabeler, 'calibration'>): { readonly shipped: Quality; readonly crossValidated: Quality } {
  const folds = Array.from({ length: FOLDS }, (_, fold) => fitLlmCalibration(observations.filter((_, i) => i % FOLDS !== fold), calibration));
  return { shipped: qualityOf(observations, () => ({ ...calibration, llm: undefined })), crossValidated: qualityOf(observations, (i) => ({ ...calibration, llm: folds[i % FOLDS] })) };
}

function qualityOf(observations: readonly Observation[], calibrationOf: (i: number) => Parameters<typeof firstLook>[1] & { readonly llm?: LlmCalibration }): Quality {
  const found = observations.map(({ votes }, i) => firstLook(votes, calibrationOf(i)));
  const right = found.map(({ order }, i) => order[0] === observations[i].standard);
  const confidences = found.map(({ confidence }) => confidence);
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  return { right: mean(right.map(Number)), confidence: mean(confidences), ece: calibrationError(rankOutcomes(confidences, right)) };
}

function tellReport(session: Session, { model, problems, needed, shipped, crossValidated }: { readonly model?: string; readonly problems: number; readonly needed: number; readonly shipped: Quality; readonly crossValidated: Quality }): void {
  const line = ({ right, confidence, ece }: Quality, ko: string, en: string): { ko: string; en: string } => ({
    ko: `${ko}: 맞음 ${percent(right)}, 신뢰도 평균 ${percent(confidence)}, 오차(ECE) ${ece.toFixed(3)}`,
    en: `${en}: right ${percent(right)}, mean confidence ${percent(confidence)}, calibration error (ECE) ${ece.toFixed(3)}`,
  });
  if (problems > 0) {
    tell(session, line(shipped, '미리 정한 무게', 'shipped weights'));
    tell(session, line(crossValidated, '맞춘 무게 (맞추지 않은 문제에서)', 'fitted weights (on problems left out)'));
  }
  if (problems < needed) tell(session, { ko: `언어 모델이 답한 검토 문제가 ${problems}개뿐입니다. ${needed}개부터 맞추고, 그때까지는 미리 정한 무게를 씁니다.`, en: `Only ${problems} reviewed problems have its answer; ${needed} are needed, and until then the shipped weights hold.` });
  else tell(session, { ko: `${model}: 문제 ${problems}개로 맞추었습니다. 서비스는 다시 시작하면 이것을 씁니다.`, en: `${model}: fitted on ${problems} problems. Services use it once they are started again.` });
}

function noModel(): InputError {
  return new InputError('CLI.NO_MODEL', { file: 'environment' }, 'OPENAI_MODEL', { ko: '언어 모델이 없습니다. OPENAI_API_KEY나 OPENAI_BASE_URL을 주거나 --replay를 쓰세요', en: 'names no language model; set OPENAI_API_KEY or OPENAI_BASE_URL, or use --replay' });
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
