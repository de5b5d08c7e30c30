import { setTimeout as delay } from 'node:timers/promises';
import { TransientError } from '@math-labeler/contracts';
import { Batches, type Outcome } from './batches.js';
import { DUPLICATE_KEY, isPassingMongo, translated } from './mongo-error.js';
import { type Change, type Stored } from './mongo-store.js';

/** How long a document may be changed by others just before us, in ms. */
const PATIENCE_MS = 5000;
const LANES = 2;

/** What changing documents needs of a collection. */
export interface DocumentAccess<Fields> {
  read(ids: readonly string[]): Promise<ReadonlyMap<string, Stored<Fields>>>;
  /** The versions that there are now, though they be not on most servers yet. */
  versions(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Replaces documents whose version is the one before, or adds them; gives the error of each one for which that failed, by its place. */
  write(documents: readonly Stored<Fields>[]): Promise<ReadonlyMap<number, unknown>>;
  /** Numbers new documents, where the collection has that. */
  number(documents: readonly Stored<Fields>[]): Promise<readonly Stored<Fields>[]>;
  /** Makes the numbers go on after those that are taken; false where the collection has none. */
  renumber(): Promise<boolean>;
}

interface Step<Fields> {
  readonly id: string;
  readonly step: (current: Fields | undefined) => Change<Fields, unknown>;
}

/** One document on its way: what the steps have made of it, and what each gives once that is written. */
interface Draft<Fields> {
  readonly id: string;
  readonly base: number;
  readonly steps: readonly Step<Fields>[];
  readonly outcomes: readonly Outcome<unknown>[];
  readonly next?: Fields;
}

/**
 * Changes single documents by steps, many at once: read, ask the steps, write where the version is still the one that was read, and ask again where it is not.
 * A version that has moved on makes the write an insert of an id that is there, so that error 11000 tells which document it was.
 */
export class DocumentChanges<Fields extends object> {
  private readonly batches: Batches<Step<Fields>, unknown>;

  constructor(private readonly documents: DocumentAccess<Fields>) {
    this.batches = new Batches(({ id }) => id, (steps) => this.runAll(steps), LANES);
  }

  run<Result>(id: string, step: (current: Fields | undefined) => Change<Fields, Result>): Promise<Result> {
    return this.batches.run({ id, step }) as Promise<Result>;
  }

  private async runAll(steps: readonly Step<Fields>[]): Promise<Outcome<unknown>[]> {
    const told = new Map<Step<Fields>, Outcome<unknown>>();
    const deadline = Date.now() + PATIENCE_MS;
    let open = groupsOf(steps);
    for (let tries = 0; open.length > 0; tries += 1) {
      if (tries > 0) await delay(Math.random() * Math.min(100, 2 ** tries));
      const isLast = Date.now() > deadline;
      open = await this.attempt(open, told);
      if (!isLast) continue;
      for (const step of open.flat()) told.set(step, { error: new TransientError('others change the same document all the time') });
      break;
    }
    return steps.map((step) => told.get(step)!);
  }

  /** One round over all documents; gives the groups of steps that have to be asked again. */
  private async attempt(groups: readonly Step<Fields>[][], told: Map<Step<Fields>, Outcome<unknown>>): Promise<Step<Fields>[][]> {
    const current = await this.documents.read(groups.map(([{ id }]) => id));
    const drafts = groups.map((steps) => draftOf(steps, current.get(steps[0].id)));
    const tell = ({ steps, outcomes }: Draft<Fields>): void => steps.forEach((step, i) => told.set(step, outcomes[i]));
    for (const draft of drafts) if (draft.next === undefined) tell(draft);
    const written = drafts.filter(({ next }) => next !== undefined);
    const errors = await this.write(written);
    for (const [i, draft] of written.entries()) if (!errors.has(i)) tell(draft);
    const again: Step<Fields>[][] = [];
    const conflicts: Draft<Fields>[] = [];
    for (const [i, error] of errors) {
      const draft = written[i];
      const ours = isDuplicate(error) ? undefined : translated(error);
      if (ours === undefined) conflicts.push(draft);
      // One of several steps is to blame: each is asked alone, and those that can be written follow each other by losing the race.
      else if (draft.steps.length > 1 && !isPassingMongo(error)) again.push(...draft.steps.map((step) => [step]));
      else for (const step of draft.steps) told.set(step, { error: ours });
    }
    if (conflicts.length > 0) again.push(...(await this.settled(conflicts, told)));
    return again;
  }

  private async write(drafts: readonly Draft<Fields>[]): Promise<ReadonlyMap<number, unknown>> {
    if (drafts.length === 0) return new Map();
    const documents = drafts.map(({ id, base, next }) => ({ ...next!, _id: id, version: base + 1 }));
    return this.documents.write(await this.documents.number(documents));
  }

  /** Those of the drafts that another writer was faster with; the others have broken another unique key, of which no other try would rid them. */
  private async settled(conflicts: readonly Draft<Fields>[], told: Map<Step<Fields>, Outcome<unknown>>): Promise<Step<Fields>[][]> {
    const versions = await this.documents.versions(conflicts.map(({ id }) => id));
    const isRace = ({ id, base }: Draft<Fields>): boolean => (versions.get(id) ?? 0) !== base;
    const others = conflicts.filter((draft) => !isRace(draft));
    const areNumbersBehind = others.some(({ base }) => base === 0) && (await this.documents.renumber());
    if (!areNumbersBehind) for (const step of others.flatMap(({ steps }) => steps)) told.set(step, { error: translated(Object.assign(new Error('E11000'), { code: DUPLICATE_KEY })) });
    return (areNumbersBehind ? conflicts : conflicts.filter(isRace)).map(({ steps }) => [...steps]);
  }
}

function draftOf<Fields extends object>(steps: readonly Step<Fields>[], stored: Stored<Fields> | undefined): Draft<Fields> {
  const outcomes: Outcome<unknown>[] = [];
  let current: Fields | undefined = stored;
  let next: Fields | undefined;
  for (const { step } of steps) {
    try {
      const change = step(current);
      if (change.next !== undefined) current = next = change.next;
      outcomes.push({ result: change.result });
    } catch (error) {
      outcomes.push({ error });
    }
  }
  return { id: steps[0].id, base: stored?.version ?? 0, steps, outcomes, next };
}

function groupsOf<Fields>(steps: readonly Step<Fields>[]): Step<Fields>[][] {
  const groups = new Map<string, Step<Fields>[]>();
  for (const step of steps) {
    const group = groups.get(step.id);
    if (group === undefined) groups.set(step.id, [step]);
    else group.push(step);
  }
  return [...groups.values()];
}

function isDuplicate(error: unknown): boolean {
  return (error as { readonly code?: unknown } | undefined)?.code === DUPLICATE_KEY;
}
