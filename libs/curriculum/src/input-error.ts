import { type Bilingual } from './bilingual.js';

/** Where in what a person gave us something stands; lines and rows count from 1, as editors and spreadsheets do. */
export interface Place {
  readonly file: string;
  /** Line of a text file. */
  readonly line?: number;
  /** Row of a spreadsheet or CSV table, the header being row 1. */
  readonly row?: number;
  /** Path of a file inside an archive. */
  readonly member?: string;
}

/** `file › member:line`, the form that editors and terminals recognise. */
export function formatPlace({ file, member, line, row }: Place): string {
  const name = member === undefined ? file : `${file} › ${member}`;
  const position = line ?? row;
  return position === undefined ? name : `${name}:${position}`;
}

/**
 * Something given from outside that cannot be used as it is: says where, which field, and why, in both languages.
 * `code` is stable (`PROBLEM_FILES.EMPTY_TEXT`) and safe to match on; the sentences are not.
 */
export class InputError extends Error {
  override readonly name = 'InputError';

  constructor(
    readonly code: string,
    readonly place: Place,
    readonly field: string | undefined,
    readonly reason: Bilingual,
    options?: ErrorOptions,
  ) {
    super(`${formatPlace(place)}${field === undefined ? '' : ` [${field}]`} ${reason.ko} · ${reason.en}`, options);
  }
}
