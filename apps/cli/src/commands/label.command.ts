import { Command, Option } from 'commander';
import { type LabelResult } from '@math-labeler/contracts';
import { openWriter, readFinished, type ResultWriter } from '@math-labeler/problem-files';
import { EXIT, type ExitCode } from '../exit-code.js';
import { FaultList } from '../fault-list.js';
import { holdsNothing } from '../input.js';
import { labelOf, readFiles } from '../read-files.js';
import { wordsIn } from '../language.js';
import { type OpenedVoter, requireSettings } from '../llm/open-voter.js';
import { openLabeler } from '../open-labeler.js';
import { type ServerLabelOptions } from '../server/server-labels.js';
import { serverUrl } from '../server/server-url.js';
import { type StreamOptions } from '../stream-problems.js';
import { refuseOverwriting } from '../overwriting.js';
import { labelingOptions, type LabelingOptions } from '../options.js';
import { resultRow } from '../result-row.js';
import { type Session, tell } from '../session.js';

interface LabelOptions extends LabelingOptions {
  readonly url?: URL;
  readonly out?: string;
  readonly errors?: string;
  readonly resume: boolean;
  readonly batch: boolean;
}

export function labelCommand(session: Session, onDone: (code: ExitCode) => void): Command {
  const words = wordsIn(session.language);
  const command = new Command('label')
    .description(words('파일의 문제에 라벨을 붙입니다', 'label the problems of files'))
    .argument('<file...>', words('문제 파일, 폴더, zip (.jsonl .json .csv .tsv .xlsx, AI-Hub 문항), 표준 입력은 -', 'problem files, folders, zips (.jsonl .json .csv .tsv .xlsx, AI-Hub items); - is standard input'))
    .addOption(new Option('-o, --out <file>', words('결과 파일 (.jsonl .json .csv .tsv .xlsx); 없으면 표준 출력에 NDJSON', 'result file (.jsonl .json .csv .tsv .xlsx); NDJSON on standard output without it')))
    .addOption(new Option('--errors <file>', words('쓸 수 없었던 줄의 목록 (.jsonl .csv …)', 'list of what could not be used (.jsonl .csv …)')))
    .addOption(new Option('--resume', words('--out의 .jsonl에 이미 있는 문제는 건너뛰고 이어서 씁니다', 'continue the .jsonl of --out, leaving out what it already holds')).default(false));
  for (const option of labelingOptions(session.language)) command.addOption(option);
  return command
    .addOption(new Option('--batch', words('언어 모델에 묶음으로 묻습니다: 반값, 길면 하루; 중단해도 같은 명령으로 이어서 합니다', 'ask the language model in batches: half the price, up to a day; interrupted, the same command goes on')).default(false))
    .addOption(new Option('--url <address>', words('여기서 라벨을 붙이지 않고 이 주소의 서버에 맡깁니다 (API 키는 MATHLABEL_API_KEY)', 'have a running server label them instead (API key: MATHLABEL_API_KEY)')).argParser(serverUrl(session.language)))
    .addHelpText(
      'after',
      words(
        `
예:
  mathlabel label data/samples/problems.jsonl
  mathlabel label 문제집.xlsx --grade 3 --out 라벨.xlsx
  mathlabel label TL_초등.zip --out labels.jsonl --errors errors.jsonl
  cat problems.jsonl | mathlabel label - --mixed > labels.jsonl
  mathlabel label problems.jsonl --url http://127.0.0.1:3000 --out labels.jsonl
  mathlabel label problems.jsonl --batch --out labels.jsonl

--batch: 묻기 전에 mathlabel cost estimate --batch로 비용을 어림할 수 있습니다. 첫 질문 하나는 바로 묻습니다. 파일을 여러 번 읽으므로 표준 입력은 쓸 수 없습니다.
--url: 학년이 섞였는지, 오류를 얼마나 허용할지는 서버가 정합니다. 출처의 학년군은 문제의 metadata.source로 배웁니다.

종료 코드: 0 모두 라벨링 · 1 일부를 읽지 못함 · 2 사용법이 틀렸거나 읽을 것이 없음 · 130 중단`,
        `
Examples:
  mathlabel label data/samples/problems.jsonl
  mathlabel label workbook.xlsx --grade 3 --out labels.xlsx
  mathlabel label TL_items.zip --out labels.jsonl --errors errors.jsonl
  cat problems.jsonl | mathlabel label - --mixed > labels.jsonl
  mathlabel label problems.jsonl --url http://127.0.0.1:3000 --out labels.jsonl
  mathlabel label problems.jsonl --batch --out labels.jsonl

--batch: mathlabel cost estimate --batch says before what it would cost. The first question is asked at once. Files are read several times, so standard input cannot be used.
--url: whether sources mix grades and how many errors are allowed is the server's to decide; it learns a source's grades by the problems' metadata.source.

Exit codes: 0 all labelled · 1 some could not be read · 2 wrong usage or nothing to read · 130 interrupted`,
      ),
    )
    .action(async (files: string[], options: LabelOptions, self: Command) => {
      if (options.resume && options.out === undefined) self.error(words('오류: --resume에는 --out이 필요합니다', 'error: --resume needs --out'));
      const servers = options.url === undefined ? undefined : SERVERS_OWN.find((name) => self.getOptionValueSource(name) === 'cli');
      if (servers !== undefined) {
        const { flags } = self.options.find((option) => option.attributeName() === servers)!;
        self.error(words(`오류: ${flags}는 --url과 함께 쓸 수 없습니다 (서버가 정합니다)`, `error: ${flags} cannot be used with --url (the server decides)`));
      }
      onDone(await label(session, files, options));
    });
}

/** Options that say how labelling is done here. */
const SERVERS_OWN = ['mixed', 'errorTarget', 'reviewed', 'batch'];

async function label(session: Session, files: readonly string[], options: LabelOptions): Promise<ExitCode> {
  if (options.batch) await (await import('../llm/label-by-batch.js')).requireBatchable(session, options.reviewed === undefined ? files : [...files, options.reviewed]);
  if (options.url === undefined) await requireSettings(session);
  await refuseOverwriting(files, [options.out, options.errors]);
  const faults = await FaultList.open(session, options.errors);
  if (await holdsNothing(files, faults)) {
    await faults.close();
    return EXIT.refused;
  }
  if (options.url !== undefined) await (await import('../server/server-labels.js')).requireServer(session, options.url);
  const finished = options.resume ? await readFinished(options.out!) : undefined;
  const writer: ResultWriter<LabelResult> = await openWriter<LabelResult>(options.out ?? session.stdout, { toRow: (result) => resultRow(result, session.language), append: options.resume });
  const before = finished?.size ?? 0;
  const counts = { accepted: 0, review: 0 };
  try {
    const streaming: StreamOptions = { isFinished: (id) => finished?.has(id) ?? false, onFault: (error) => faults.add(error) };
    for await (const result of labelled(session, files, options, streaming)) {
      await writer.write(result);
      counts[result.decision === 'review' ? 'review' : 'accepted']++;
    }
  } catch (error) {
    tellHowToResume(session, options.out, before + counts.accepted + counts.review);
    throw error;
  } finally {
    await writer.close().finally(() => faults.close());
  }
  tellSummary(session, counts, faults.count, before);
  if (faults.count === 0) return EXIT.done;
  return counts.accepted + counts.review + before > 0 ? EXIT.someFailed : EXIT.refused;
}

async function* labelled(session: Session, files: readonly string[], options: LabelOptions, streaming: StreamOptions): AsyncGenerator<LabelResult> {
  if (options.url !== undefined) yield* labelThere(session, files, { ...options, ...streaming, url: options.url });
  else if (options.batch) yield* (await import('../llm/label-by-batch.js')).labelByBatch(session, files, { ...options, ...streaming });
  else yield* labelHere(session, files, options, streaming);
}

async function* labelHere(session: Session, files: readonly string[], options: LabelingOptions, streaming: StreamOptions): AsyncGenerator<LabelResult> {
  const opened = await openLabeler(session);
  try {
    for await (const problem of readFiles(session, opened, files, { ...options, ...streaming })) yield labelOf(opened.labeler, problem);
    if (opened.llm !== undefined) tellAsked(session, opened.llm);
  } catch (error) {
    throw opened.told(error);
  } finally {
    await opened.close();
  }
}

/** What the language model was asked and did not answer; what it costs stands in `mathlabel cost`. */
function tellAsked(session: Session, { tally }: OpenedVoter): void {
  const { replies, input, output } = tally.all;
  const absent = [...tally.absences].map(([reason, count]) => `${reason} ${count}`).join(', ');
  tell(session, {
    ko: `언어 모델 ${tally.name}: 답 ${replies}개, 입력 ${input}토큰, 출력 ${output}토큰${absent === '' ? '' : `, 답 없음: ${absent}`}`,
    en: `Language model ${tally.name}: ${replies} answers, ${input} tokens in, ${output} out${absent === '' ? '' : `, no answer: ${absent}`}`,
  });
}

async function* labelThere(session: Session, files: readonly string[], options: ServerLabelOptions): AsyncGenerator<LabelResult> {
  const { labelOnServer } = await import('../server/server-labels.js');
  yield* labelOnServer(session, files, options);
}

function tellSummary(session: Session, { accepted, review }: { accepted: number; review: number }, failed: number, before: number): void {
  const total = accepted + review;
  const share = total === 0 ? '' : ` (${Math.round((100 * accepted) / total)} %)`;
  tell(session, {
    ko: `${total}문제: 확정 ${accepted}${share}, 검토 필요 ${review}${failed > 0 ? `, 읽지 못함 ${failed}` : ''}${before > 0 ? ` · 이미 있던 결과 ${before}` : ''}`,
    en: `${total} labelled: ${accepted} accepted${share}, ${review} for review${failed > 0 ? `, ${failed} could not be read` : ''}${before > 0 ? ` · ${before} were there already` : ''}`,
  });
}

function tellHowToResume(session: Session, out: string | undefined, written: number): void {
  if (out === undefined || written === 0) return;
  if (/\.(?:jsonl|ndjson)$/i.test(out)) {
    tell(session, { ko: `${written}문제까지 썼습니다. 같은 명령에 --resume을 붙이면 이어서 합니다.`, en: `${written} written; the same command with --resume goes on from there.` });
  } else tell(session, { ko: `${written}문제까지 썼습니다. 이어서 하려면 --out을 .jsonl로 하세요.`, en: `${written} written; only a .jsonl can be continued.` });
}
