import { formatPlace } from '@math-labeler/curriculum';
import { type Notice } from '@math-labeler/problem-files';
import { type Session, tell } from './session.js';

/** Notices of one kind that are shown for a file: a damaged export has the same one on every line. */
const SHOWN = 3;

/** Tells what was done to the input that a person should know, without burying them in it. */
export class NoticeBoard {
  private readonly counts = new Map<string, number>();

  constructor(private readonly session: Session) {}

  put({ code, place, message }: Notice): void {
    const kind = `${code} ${place.file}`;
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    const where = formatPlace(place);
    if (count <= SHOWN) tell(this.session, { ko: `${where}: ${message.ko}`, en: `${where}: ${message.en}` });
    else if (count === SHOWN + 1) tell(this.session, { ko: `${place.file}: 같은 알림이 더 있어 줄입니다`, en: `${place.file}: more of the same is not shown` });
  }
}
