import { type Finding, importKnowledge, type ImportResult } from '@math-labeler/knowledge-base';
import { readKnowledge } from '@math-labeler/labeler';
import { type InputError } from '@math-labeler/curriculum';
import { openWriter, type ResultWriter } from '@math-labeler/problem-files';
import { EXIT, type ExitCode } from '../exit-code.js';
import { openInput } from '../input.js';
import { NoticeBoard } from '../notice-board.js';
import { refuseOverwriting } from '../overwriting.js';
import { type Progress, startProgress } from '../progress.js';
import { personalDataOf } from '../personal-data.js';
import { type Session } from '../session.js';
import { withDatasets } from './open-knowledge.js';
import { outcomeLine, reportJson, reportLines } from './import-report.js';

export interface ImportOptions {
  readonly dryRun: boolean;
  readonly strict: boolean;
  readonly replace: boolean;
  readonly skipFaulty: boolean;
  readonly errors?: string;
  readonly json: boolean;
}

/** Imports the files as one version; what was found goes to standard output, what is going on to standard error. */
export async function importFiles(session: Session, files: readonly string[], options: ImportOptions): Promise<ExitCode> {
  await refuseOverwriting(files, [options.errors]);
  const findings: Finding[] = [];
  const result = await withDatasets(session, options.dryRun ? 'look' : 'change', (datasets) => run(session, files, options, datasets, findings));
  if (options.errors !== undefined) await writeFindings(options.errors, findings);
  const text = options.json ? `${JSON.stringify(reportJson(result), null, 2)}\n` : `${[...reportLines(result.report, session.language), '', outcomeLine(result, session.language)].join('\n')}\n`;
  session.stdout.write(text);
  if (result.outcome === 'refused') return EXIT.refused;
  return result.report.found.some(({ severity }) => severity === 'error') ? EXIT.someFailed : EXIT.done;
}

async function run(session: Session, files: readonly string[], { dryRun, strict, replace, skipFaulty, errors }: ImportOptions, datasets: Parameters<typeof importKnowledge>[1], findings: Finding[]): Promise<ImportResult> {
  const shipped = await readKnowledge();
  const input = await openInput(session, files, 'once');
  const notices = new NoticeBoard();
  const stages = new Stages(session, input.bytes);
  try {
    return await importKnowledge(
      shipped,
      datasets,
      {
        sources: input.sources(),
        strictness: strict ? 'warnings' : 'errors',
        relabelling: replace ? 'replaces' : 'refused',
        faultyRows: skipFaulty ? 'left out' : 'refuse',
        purpose: dryRun ? 'rehearsal' : 'import',
        at: new Date().toISOString(),
        personalData: await personalDataOf(session),
      },
      {
        onFinding: (found) => void (errors !== undefined && findings.push(found)),
        onNotice: (notice) => notices.put(notice),
        onRead: (bytes) => stages.at('read', bytes, input.bytes),
        onChecked: (done, total) => stages.at('check', done, total),
        onKept: (done, total) => stages.at('keep', done, total),
      },
      session.signal,
    );
  } finally {
    stages.end();
    notices.show(session);
    await input.close();
  }
}

const STAGES = {
  read: { ko: '읽기', en: 'Reading' },
  check: { ko: '비교하기', en: 'Comparing' },
  keep: { ko: '저장하기', en: 'Saving' },
} as const;

/** One progress bar after the other. */
class Stages {
  private name: keyof typeof STAGES = 'read';
  private progress: Progress;

  constructor(
    private readonly session: Session,
    bytes: number,
  ) {
    this.progress = startProgress(session, STAGES.read, bytes);
  }

  at(name: keyof typeof STAGES, done: number, total: number): void {
    if (name !== this.name) {
      this.progress.stop();
      this.name = name;
      this.progress = startProgress(this.session, STAGES[name], total);
    }
    this.progress.set(done);
  }

  end(): void {
    this.progress.stop();
  }
}

async function writeFindings(file: string, findings: readonly Finding[]): Promise<void> {
  const writer: ResultWriter<InputError> = await openWriter<InputError>(file, {
    toRow: ({ code, place, field, reason }) => ({ code, file: place.file, member: place.member, line: place.line, row: place.row, field, ko: reason.ko, en: reason.en }),
  });
  for (const { error } of findings) await writer.write(error);
  await writer.close();
}
