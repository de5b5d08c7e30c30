import { type InputError } from '@math-labeler/curriculum';
import { openWriter, type ResultWriter } from '@math-labeler/problem-files';
import { type Session, tell } from './session.js';

const SHOWN = 20;

/** What could not be used: the first few are shown at the end, all of them go to a file where one was asked for. */
export class FaultList {
  private readonly first: InputError[] = [];
  private total = 0;

  private constructor(
    private readonly session: Session,
    private readonly writer: ResultWriter<InputError> | undefined,
  ) {}

  static async open(session: Session, file: string | undefined): Promise<FaultList> {
    return new FaultList(session, file === undefined ? undefined : await openWriter<InputError>(file, { toRow: faultRow }));
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
    for (const { place, field, reason } of this.first) {
      const where = `${place.file}${place.member === undefined ? '' : ` › ${place.member}`}${place.line === undefined && place.row === undefined ? '' : `:${place.line ?? place.row}`}`;
      const what = field === undefined ? '' : ` [${field}]`;
      tell(this.session, { ko: `${where}${what} ${reason.ko}`, en: `${where}${what} ${reason.en}` });
    }
    const more = this.total - this.first.length;
    if (more > 0) tell(this.session, { ko: `… 그 밖에 ${more}건 (--errors FILE에 모두 씁니다)`, en: `… and ${more} more (--errors FILE lists them all)` });
  }
}

function faultRow({ code, place, field, reason }: InputError): Record<string, string | number | undefined> {
  return { code, file: place.file, member: place.member, line: place.line, row: place.row, field, ko: reason.ko, en: reason.en };
}
