/** Why the normalised text of a labelled problem may differ from the reference, and which problems it is about. */
export interface AllowedDifference {
  readonly reason: string;
  readonly applies: (id: string, raw: string) => boolean;
}

const HTML = /<\/?(?:br|b|u|table|tr|td|th|img)\b|&(?:nbsp|lt|gt);/;

function only(...ids: string[]): (id: string) => boolean {
  return (id) => ids.includes(id);
}

/** Everything in which the normalisation differs on purpose; all else is equal, problem by problem. */
export const ALLOWED_DIFFERENCES: readonly AllowedDifference[] = [
  { reason: 'HTML is read as plain text; the reference left its tags and entities in', applies: (_, raw) => HTML.test(raw) },
  {
    reason: '`7cm 3mm` is a length of two units; the reference read `7cm³mm`',
    applies: only(
      'T1-4수03-16-2', 'T11-2수03-11-5', 'T15-4수03-16-2', 'T4-4수03-16-6', 'T5-4수03-16-3', 'T8-2수03-11-2', 'T9-4수03-16-2',
    ),
  },
  { reason: '세제곱센티미터 is cm³; the reference found 제곱센티미터 in it', applies: only('T17-6수03-18-101', 'T5-6수03-18-5') },
  { reason: '`\\cdots` is …; the reference read `\\cdot` and an s', applies: only('T6-4수01-06-4') },
  { reason: '`\\frac13` needs no braces', applies: only('T6-4수01-10-6') },
  { reason: '`\\phantom`, `\\underline` and `\\enclose` are read', applies: only('T6-4수01-04-4', 'T6-6수01-14-6') },
  { reason: 'bars that part the cells of a table are no scanned 1', applies: only('T4-2수04-03-1', 'T9-6수02-01-5') },
];
