import { type Bilingual, type InputError, type Level, type Place } from '@math-labeler/curriculum';

/** A problem as it was given, whatever the form it came in. */
export interface Problem {
  /** The given id, a number written out; where none was given, the place: `items.csv:12`. */
  readonly id: string;
  /** As it stands in the file: LaTeX, HTML, Unicode forms and control characters are left for normalisation. */
  readonly text: string;
  /**
   * What else the file says. `grade`, `semester` and `source` were told on purpose: in a JSON value's own `metadata`, or in a table's column.
   * A JSON value's top-level `grade` and `semester` describe the answer in a gold file, so they stand here as `problemGrade`
   * and `problemSemester`, which nothing may use as context.
   */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Only when gold was asked for. */
  readonly gold?: Gold;
  /** `metadata.source`, or else the file, folder or archive that was given: one of them is one source. */
  readonly source: string;
  readonly place: Place;
}

/** The right answer that a file holds for a problem. */
export interface Gold {
  /** At least one; official item files may name several standards. */
  readonly codes: readonly string[];
  readonly level?: Level;
  /** The `category` object of the record as it stands: its names may contradict its code. */
  readonly category?: Readonly<Record<string, unknown>>;
}

/** One step of reading: a problem, something that could not be used, or something done to the input that a person should know. */
export type ReadOutcome = { readonly kind: 'problem'; readonly problem: Problem } | { readonly kind: 'fault'; readonly error: InputError } | Notice;

export interface Notice {
  readonly kind: 'notice';
  /** Stable, as an error's code is. */
  readonly code: string;
  readonly place: Place;
  readonly message: Bilingual;
}

/** How much of anything is taken; what goes beyond is refused with its place, and reading goes on behind it. */
export interface ReadLimits {
  /** Characters of a problem's text. */
  readonly textLength: number;
  /** Characters of a line, a row or a JSON element: bounds the memory of reading. */
  readonly lineLength: number;
  /** Characters of a JSON document that is one object, and bytes of an archive that arrives as a stream. */
  readonly documentLength: number;
  /** Bytes to which one archive may expand, what is packed inside it included. */
  readonly expandedBytes: number;
  /** How many times larger than its packed form a member of an archive may be, once it is larger than 16 MiB. */
  readonly expansion: number;
  /** How deep archives may be packed in archives. */
  readonly nesting: number;
}

export const DEFAULT_LIMITS: ReadLimits = {
  textLength: 20_000,
  lineLength: 2 ** 22,
  documentLength: 2 ** 28,
  expandedBytes: 2 ** 35,
  expansion: 300,
  nesting: 3,
};
