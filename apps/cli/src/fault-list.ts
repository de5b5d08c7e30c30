import { formatPlace, type InputError } from '@math-labeler/curriculum';
import { openWriter, type ResultWriter } from '@math-labeler/problem-files';
import { type Language } from './language.js';
import { type Session, tell } from './session.js';

const SHOWN = 20;

/** What could not be used: the first few are shown at the end, all of them go to a file where one was asked for. */
export class FaultList {
  private readonly first: InputError[] = [];
  private total = 0;

  private constructor(
    private readonly session: Session,
    private readonly file: string | undefined,
    private readonly writer: ResultWriter<InputError> | undefined,
  ) {}

  static async open(session: Session, file: string | undefined): Promise<FaultList> {
    return new FaultList(session, file, file === undefined ? undefined : await openWriter<InputError>(file, { toRow: faultRow }));
  }

  get count(): number {
    return this.total;
  }

  async add(error: InputError): Promise<void> {
    this.total++;
    if (this.first.length < SHOWN) this.first.push(error);
    await this.writer?.write(error);
  }

  async close(): Promise<void> {
    await this.writer?.close();
    const { session, file, total } = this;
    for (const error of this.first) session.stderr.write(`${faultLine(error, session.language)}\n`);
    const more = total - this.first.length;
    if (more > 0) {
      tell(session, file === undefined ? { ko: `… 그 밖에 ${more}건 (--errors FILE에 모두 씁니다)`, en: `… and ${more} more (--errors FILE lists them all)` } : { ko: `… 그 밖에 ${more}건: ${file}`, en: `… and ${more} more: ${file}` });
    }
  }
}

/** `file › member:line [field] reason`. */
export function faultLine({ place, field, reason }: InputError, language: Language): string {
  return `${formatPlace(place)}${field === undefined ? '' : ` [${field}]`} ${reason[language]}`;
}

function faultRow({ code, place, field, reason }: InputError): Record<string, string | number | undefined> {
  return { code, file: place.file, member: place.member, line: place.line, row: place.row, field, ko: reason.ko, en: reason.en };
}
