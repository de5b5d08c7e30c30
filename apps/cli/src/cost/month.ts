import { InvalidArgumentError } from 'commander';
import { type Language, wordsIn } from '../language.js';

/** The days of a month, both included, as the ledger names them. */
export interface Month {
  /** `2026-11` */
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export function monthOf(name: string): Month {
  const [year, month] = name.split('-').map(Number);
  return { name, from: `${name}-01`, to: new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10) };
}

/** Reads `--month`. */
export function monthNamed(language: Language): (value: string) => Month {
  return (value) => {
    if (!/^20\d\d-(0[1-9]|1[0-2])$/.test(value)) throw new InvalidArgumentError(wordsIn(language)('2026-11 꼴이어야 합니다', 'must look like 2026-11'));
    return monthOf(value);
  };
}
