import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { InputError } from '@math-labeler/curriculum';
import { type Counters } from './counters.js';
import { type Db } from './driver-types.js';
import { type AnyCollection, type MongoIndex } from './mongo-collection.js';
import { type AppliedMigration, type MigrationStep, type MongoStatus } from './mongo-store.js';

type ValidatorOf = (collection: AnyCollection) => Record<string, unknown>;

/** What the server calls an index that it has. */
interface IndexThere {
  readonly name: string;
  readonly key: Readonly<Record<string, number>>;
  readonly unique?: boolean;
  readonly partialFilterExpression?: Record<string, unknown>;
}

const NAMESPACE_EXISTS = 48;
/** The same name or keys with other options, and a unique index over values that are not. */
const INDEX_CONFLICTS = [85, 86, 11_000];
const MIGRATIONS = 'migrations';

/** Creates collections, sets validators and builds indexes, as far as that is still to do; removes nothing. Two at once do no harm: each step is the same whoever takes it. */
export async function migrateCollections(db: Db, collections: readonly AnyCollection[], validatorOf: ValidatorOf, counters: Counters): Promise<MigrationStep[]> {
  const todo = await missingSteps(db, collections, validatorOf);
  for (const collection of collections) {
    const steps = todo.filter((step) => step.collection === collection.name);
    for (const { what } of steps) await take(db, collection, what, validatorOf);
    if (collection.numbered !== undefined) await counters.raise(collection.name, db.collection(collection.name), collection.numbered);
    await record(db, collection, validatorOf);
  }
  return todo;
}

export async function statusOf(db: Db, collections: readonly AnyCollection[], validatorOf: ValidatorOf): Promise<MongoStatus> {
  const applied = await db.collection(MIGRATIONS).find({}).sort({ at: 1, _id: 1 }).toArray();
  return { missing: await missingSteps(db, collections, validatorOf), applied: applied.map(({ name, hash, at }) => ({ name, hash, at }) as AppliedMigration) };
}

async function missingSteps(db: Db, collections: readonly AnyCollection[], validatorOf: ValidatorOf): Promise<MigrationStep[]> {
  const infos = await db.listCollections({ name: { $in: collections.map(({ name }) => name) } }, { nameOnly: false }).toArray();
  const there = new Map(infos.map((info) => [info.name, info.options?.validator as unknown]));
  const steps = await Promise.all(
    collections.map(async (collection) => {
      const { name, indexes } = collection;
      if (!there.has(name)) return ['create', ...indexes.map(whatOf)];
      const built = (await db.collection(name).listIndexes().toArray()) as unknown as IndexThere[];
      const isValidatorThere = isDeepStrictEqual(plain(there.get(name)), plain(validatorOf(collection)));
      return [...(isValidatorThere ? [] : ['validator']), ...indexes.filter((index) => !built.some((one) => isSame(one, index))).map(whatOf)];
    }),
  );
  return collections.flatMap(({ name }, i) => steps[i].map((what) => ({ collection: name, what })));
}

async function take(db: Db, collection: AnyCollection, what: string, validatorOf: ValidatorOf): Promise<void> {
  const { name, indexes } = collection;
  if (what === 'create') return create(db, name, validatorOf(collection));
  if (what === 'validator') return void (await db.command({ collMod: name, validator: validatorOf(collection), validationLevel: 'strict', validationAction: 'error' }));
  const { keys, unique, where } = indexes.find((index) => whatOf(index) === what)!;
  try {
    await db.collection(name).createIndex({ ...keys }, { name: nameOf(keys), ...(unique === undefined ? {} : { unique }), ...(where === undefined ? {} : { partialFilterExpression: where as Record<string, unknown> }) });
  } catch (error) {
    throw INDEX_CONFLICTS.includes(Number((error as { code?: unknown }).code)) ? indexConflict(name, what, error as Error) : error;
  }
}

async function create(db: Db, name: string, validator: Record<string, unknown>): Promise<void> {
  try {
    await db.createCollection(name, { validator });
  } catch (error) {
    // Another migration was faster, or somebody has written into it: then it gets the validator now.
    if ((error as { code?: unknown }).code !== NAMESPACE_EXISTS) throw error;
    await db.command({ collMod: name, validator });
  }
}

/** Keeps what the collection was made to be, once for each thing that it ever was. */
async function record(db: Db, collection: AnyCollection, validatorOf: ValidatorOf): Promise<void> {
  const { name, indexes } = collection;
  const hash = createHash('sha256').update(JSON.stringify([name, validatorOf(collection), indexes])).digest('hex');
  await db.collection(MIGRATIONS).updateOne({ _id: `${name} ${hash}` as never }, { $setOnInsert: { name, hash, at: new Date().toISOString() } }, { upsert: true });
}

function whatOf({ keys }: MongoIndex): string {
  return `index ${nameOf(keys)}`;
}

function nameOf(keys: MongoIndex['keys']): string {
  return Object.entries(keys).map(([field, direction]) => `${field}_${direction}`).join('_');
}

function isSame(there: IndexThere, { keys, unique, where }: MongoIndex): boolean {
  return (
    isDeepStrictEqual(Object.entries(there.key), Object.entries(keys)) && (there.unique ?? false) === (unique ?? false) && isDeepStrictEqual(plain(there.partialFilterExpression), plain(where))
  );
}

/** Without what tells documents of the server from ours. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function indexConflict(collection: string, what: string, cause: Error): InputError {
  return new InputError(
    'STORAGE.INDEX_CONFLICT',
    { file: collection },
    what,
    {
      ko: `인덱스를 만들 수 없습니다. 같은 이름이나 키의 다른 인덱스가 있으면 지우고(db.${collection}.dropIndex), 유일해야 할 값이 겹치면 겹친 문서를 고친 뒤 다시 실행하세요(${cause.message}).`,
      en: `the index cannot be built; drop another index of the same name or keys (db.${collection}.dropIndex), or mend the documents whose values should be unique, and run this again (${cause.message})`,
    },
    { cause },
  );
}
