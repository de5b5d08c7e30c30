import { formatPlace } from '@math-labeler/curriculum';
import { type Notice } from '@math-labeler/problem-files';
import { type Session, tell } from './session.js';

/** Notices of one kind that are shown for a file: a damaged export has the same one on every line. */
const SHOWN = 3;

/** What was done to the input that a person should know; kept until the progress bar is gone, and never so many that they bury one another. */
export class NoticeBoard {
  private readonly kinds = new Map<string, Notice[]>();

  put(notice: Notice): void {
    const kind = `${notice.code} ${notice.place.file}`;
    const notices = this.kinds.get(kind) ?? [];
    this.kinds.set(kind, notices);
    if (notices.length <= SHOWN) notices.push(notice);
  }

  show(session: Session): void {
    for (const notices of this.kinds.values()) {
      for (const { place, message } of notices.slice(0, SHOWN)) {
        const where = formatPlace(place);
        tell(session, { ko: `${where}: ${message.ko}`, en: `${where}: ${message.en}` });
      }
      if (notices.length > SHOWN) tell(session, { ko: '… 같은 알림이 더 있습니다', en: '… and more of the same' });
    }
    this.kinds.clear();
  }
}
