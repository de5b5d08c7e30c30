import { setImmediate as breathe } from 'node:timers/promises';
import { formatPlace, formatStandardLevel, type GoldProblem, type Level, type Place } from '@math-labeler/curriculum';
import { type Finding, finding } from './finding.js';
import { type LabelledRow, sameLabel, textKey } from './labelled-row.js';
import { findNear, MATCHES } from './near-texts.js';
import { type ReadRow } from './read-rows.js';
import { wordingOf } from './wording.js';

/** A problem that the knowledge base has already. */
export interface KnownProblem {
  readonly key: string;
  readonly id: string;
  readonly content: string;
  readonly code: string;
  readonly level: Level;
}

export interface Surroundings {
  readonly known: readonly KnownProblem[];
  /** What no example may be like. */
  readonly gold: readonly GoldProblem[];
}

export interface CheckOptions {
  /** What becomes of a text that is known under another label. */
  readonly relabelling: 'refused' | 'replaces';
  readonly onFinding: (finding: Finding) => void;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface CheckedRows {
  /** In the order of the files; a row with an error, or known already, is not among them. */
  readonly fit: LabelledRow[];
  readonly notCompared: number;
}

/** Compares rows with one another, with what is known, and with the evaluation set: first for the same text, then for almost the same. */
export async function checkRows(rows: readonly ReadRow[], surroundings: Surroundings, options: CheckOptions): Promise<CheckedRows> {
  const distinct = withoutExactTwins(rows, surroundings, options);
  return withoutNearTwins(distinct, surroundings, options);
}

function withoutExactTwins(rows: readonly ReadRow[], { known, gold }: Surroundings, { relabelling, onFinding }: CheckOptions): ReadRow[] {
  const goldByKey = new Map(gold.map((problem) => [textKey(problem.text), problem]));
  const knownByKey = new Map(known.map((problem) => [problem.key, problem]));
  const firstByKey = new Map<string, ReadRow>();
  const contested = new Set<string>();
  for (const read of rows) {
    const { row, place } = read;
    const first = firstByKey.get(row.key);
    const goldTwin = goldByKey.get(row.key);
    const twin = knownByKey.get(row.key);
    if (goldTwin !== undefined) {
      onFinding(finding('leakage', place, 'content', `평가 문제 ${goldTwin.id}과(와) 같습니다: ${shown(row.content)}`, `is the evaluation problem ${goldTwin.id}: ${shown(row.content)}`));
    } else if (first !== undefined && sameLabel(first.row, row)) {
      onFinding(finding('duplicate', place, 'content', `${formatPlace(first.place)}과(와) 같은 문제입니다: ${shown(row.content)}`, `is the same problem as ${formatPlace(first.place)}: ${shown(row.content)}`));
    } else if (first !== undefined) {
      contested.add(row.key);
      onFinding(otherLabel('conflict', read, formatPlace(first.place), first.row));
    } else {
      firstByKey.set(row.key, read);
      if (twin === undefined) continue;
      if (sameLabel(twin, row)) onFinding(finding('known', place, 'content', `${twin.id}(으)로 이미 있습니다: ${shown(row.content)}`, `is known already as ${twin.id}: ${shown(row.content)}`));
      else onFinding(otherLabel(relabelling === 'refused' ? 'knownConflict' : 'replaced', read, twin.id, twin));
    }
  }
  return [...firstByKey.values()].filter(({ row }) => {
    const twin = knownByKey.get(row.key);
    return !contested.has(row.key) && (twin === undefined || (!sameLabel(twin, row) && relabelling === 'replaces'));
  });
}

/** A problem as it is compared: one of the evaluation set, a known one, or a row. */
interface Compared {
  readonly name: string;
  readonly numbers: string;
  readonly content: string;
  readonly code: string;
  readonly level: Level;
  readonly origin: 'gold' | 'known' | ReadRow;
}

/** Texts this short are alike by chance. */
const TELLING = 20;

async function withoutNearTwins(rows: readonly ReadRow[], { known, gold }: Surroundings, { onFinding, onProgress = () => {} }: CheckOptions): Promise<CheckedRows> {
  const wordings = new Wordings();
  for (const problem of gold) wordings.add(problem.text, { ...problem, name: problem.id, content: problem.text, origin: 'gold' });
  const always = wordings.size;
  const replaced = new Set(rows.map(({ row }) => row.key));
  for (const [i, problem] of known.entries()) {
    if (i % 1000 === 0) await breathe();
    if (!replaced.has(problem.key)) wordings.add(problem.content, { ...problem, name: problem.id, origin: 'known' });
  }
  const from = wordings.size;
  for (const [i, read] of rows.entries()) {
    if (i % 1000 === 0) await breathe();
    wordings.add(read.row.content, { ...read.row, name: formatPlace(read.place), origin: read });
  }
  const near = new Map<number, number[]>();
  const pair = (one: number, other: number): void => {
    const others = near.get(one) ?? [];
    if (other < always || others.length < MATCHES) near.set(one, others.concat(other));
  };
  const onNear = (one: number, other: number): void => {
    pair(one, other);
    pair(other, one);
  };
  const notCompared = await findNear(wordings.words, onNear, { from, always, onProgress: (done) => onProgress(done, wordings.size) });

  const refused = new Set<ReadRow>();
  const position = new Map(rows.map((read, i) => [read, i]));
  for (const [i, read] of rows.entries()) {
    if (i % 1000 === 0) await breathe();
    const { wording, own } = wordings.of(read);
    const twins = [wording, ...(near.get(wording) ?? [])]
      .flatMap((each) => wordings.twins(each, own.numbers))
      .filter((twin) => typeof twin.origin === 'string' || (position.get(twin.origin) as number) < i);
    const verdict = judge(read, twins) ?? variant(read, wordings.family(wording, own));
    if (verdict === undefined) continue;
    if (verdict.kind === 'nearLeakage') refused.add(read);
    onFinding(verdict);
  }
  return { fit: rows.filter((read) => !refused.has(read)).map(({ row }) => row), notCompared };
}

/** The gravest thing that problems of almost the same text with the same numbers say of a row. */
function judge({ row, place }: ReadRow, twins: readonly Compared[]): Finding | undefined {
  const gold = twins.find(({ origin }) => origin === 'gold');
  if (gold !== undefined) return almost('nearLeakage', place, row, gold, { ko: '평가 문제', en: 'the evaluation problem' });
  const other = twins.find((twin) => !sameLabel(twin, row));
  if (other !== undefined) return otherLabel('nearConflict', { row, place }, other.name, other);
  return twins.length === 0 ? undefined : almost('nearDuplicate', place, row, twins[0], { ko: '문제', en: 'the problem' });
}

/** Other problems of the same wording: many are good practice, one from the evaluation set is a hint of where the rows come from. */
function variant({ row, place }: ReadRow, family: Compared | undefined): Finding | undefined {
  if (family === undefined) return undefined;
  if (family.origin === 'gold') return almost('goldVariant', place, row, family, { ko: '수만 다른 평가 문제', en: 'but for its numbers the evaluation problem' });
  return almost('family', place, row, family, { ko: '수만 다른 문제', en: 'but for its numbers the problem' });
}

function almost(kind: 'nearLeakage' | 'nearDuplicate' | 'goldVariant' | 'family', place: Place, row: LabelledRow, twin: Compared, what: { readonly ko: string; readonly en: string }): Finding {
  const texts = `${shown(row.content)} ↔ ${shown(twin.content)}`;
  return finding(kind, place, 'content', `${what.ko} ${twin.name}과(와) 거의 같습니다: ${texts}`, `is almost ${what.en} ${twin.name}: ${texts}`);
}

function otherLabel(kind: 'conflict' | 'knownConflict' | 'replaced' | 'nearConflict', { row, place }: ReadRow, name: string, twin: { readonly code: string; readonly level: Level; readonly content: string }): Finding {
  const [own, others] = [row, twin].map(({ code, level }) => formatStandardLevel(code, level));
  const texts = kind === 'nearConflict' ? `${shown(row.content)} ↔ ${shown(twin.content)}` : shown(row.content);
  return finding(kind, place, '하위 분류', `${own}인데 ${name}에는 ${others}입니다: ${texts}`, `is ${own}, but ${others} at ${name}: ${texts}`);
}

/** Problems by their wording, and within one by their numbers. */
class Wordings {
  readonly words: string[] = [];
  private readonly numbered = new Map<string, number>();
  private readonly members: Map<string, Compared[]>[] = [];
  private readonly rows = new Map<ReadRow, { wording: number; own: Compared }>();

  get size(): number {
    return this.words.length;
  }

  add(text: string, problem: Omit<Compared, 'numbers'>): void {
    const { words, numbers } = wordingOf(text);
    const wording = this.numbered.get(words) ?? this.words.push(words) - 1;
    this.numbered.set(words, wording);
    const own = { name: problem.name, content: problem.content, code: problem.code, level: problem.level, origin: problem.origin, numbers };
    const members = (this.members[wording] ??= new Map<string, Compared[]>());
    const twins = members.get(numbers);
    if (twins === undefined) members.set(numbers, [own]);
    else twins.push(own);
    if (typeof problem.origin === 'object') this.rows.set(problem.origin, { wording, own });
  }

  of(read: ReadRow): { readonly wording: number; readonly own: Compared } {
    return this.rows.get(read)!;
  }

  /** Problems of this wording with these numbers. */
  twins(wording: number, numbers: string): readonly Compared[] {
    return this.members[wording].get(numbers) ?? [];
  }

  /** The first problem of this wording with other numbers, unless it is the row itself or too short to tell. */
  family(wording: number, own: Compared): Compared | undefined {
    if (this.words[wording].length < TELLING) return undefined;
    const [first] = this.members[wording].values().next().value as Compared[];
    return first.numbers === own.numbers ? undefined : first;
  }
}

const SHOWN = 60;

function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}
