import mongoose from 'mongoose';
import { InputError } from '@math-labeler/curriculum';
import { type MongoStoreOptions } from '../open-mongo-store.js';
import { Counters } from './counters.js';
import { type AnyCollection, type MongoCollection } from './mongo-collection.js';
import { translated } from './mongo-error.js';
import { migrateCollections, statusOf } from './mongo-migrations.js';
import { type MigrationStep, type MongoStatus, type MongoStore, type MongoTable } from './mongo-store.js';
import { MongooseTable } from './mongoose-table.js';

/** Where the URI names no database. */
const DATABASE = 'mathlabeler';
/** MongoDB 6.0, by what its protocol is called: https://github.com/mongodb/specifications/blob/master/source/wireversion-featurelist. */
const OLDEST_WIRE_VERSION = 17;

const SCHEMA = { versionKey: false, minimize: false, strict: 'throw', strictQuery: 'throw', autoIndex: false, autoCreate: false, bufferCommands: false } as const;

/** The only file that loads mongoose. */
export class MongooseStore implements MongoStore {
  private readonly connection = mongoose.createConnection();
  private readonly counters: Counters;
  private readonly settings: mongoose.ConnectOptions;
  private opened?: Promise<void>;

  constructor(
    private readonly uri: string,
    { appName = 'math-labeler', selectionMs = 5000, answerMs = 10_000, connections = 32 }: MongoStoreOptions,
  ) {
    this.settings = {
      appName,
      serverSelectionTimeoutMS: selectionMs,
      connectTimeoutMS: selectionMs,
      waitQueueTimeoutMS: selectionMs + answerMs,
      socketTimeoutMS: answerMs,
      // A server that hangs is found out by the heartbeat, which cuts off what waits for it.
      heartbeatFrequencyMS: 2000,
      maxPoolSize: connections,
      ignoreUndefined: true,
      // What a change of primary could still take back counts as not written, and is not read.
      w: 'majority',
      readConcernLevel: 'majority',
      autoIndex: false,
      autoCreate: false,
      bufferCommands: false,
      ...(/^mongodb(\+srv)?:\/\/[^/]+\/[^?]/.test(uri) ? {} : { dbName: DATABASE }),
    };
    checkUri(uri);
    // Otherwise a lost connection would be an unhandled 'error' event.
    this.connection.on('error', () => {});
    this.counters = new Counters(() => this.connection.collection('counters'));
  }

  table<Fields extends object>(collection: MongoCollection<Fields>): MongoTable<Fields> {
    return new MongooseTable(collection, this.modelOf(collection as unknown as AnyCollection), this.counters, (work) => this.run(work));
  }

  async ping(): Promise<void> {
    await this.administer(() => this.connection.db!.command({ ping: 1 }));
  }

  async missing(collections: readonly AnyCollection[]): Promise<string[]> {
    const { missing } = await this.status(collections);
    return missing.map(({ collection, what }) => `${collection}: ${what}`);
  }

  status(collections: readonly AnyCollection[]): Promise<MongoStatus> {
    return this.administer(() => statusOf(this.connection.db!, collections, (collection) => this.validatorOf(collection)));
  }

  migrate(collections: readonly AnyCollection[]): Promise<MigrationStep[]> {
    return this.administer(() => migrateCollections(this.connection.db!, collections, (collection) => this.validatorOf(collection), this.counters));
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  private async run<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      await this.open();
      return await work();
    } catch (error) {
      throw translated(error);
    }
  }

  /** As `run`, but tells people what they have to set up otherwise. */
  private async administer<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      await this.open();
      return await work();
    } catch (error) {
      throw error instanceof InputError ? error : translated(error);
    }
  }

  /** The driver comes back by itself, but only once it has been connected. */
  private open(): Promise<void> {
    this.opened ??= this.connect().catch((error: unknown) => {
      this.opened = undefined;
      throw error;
    });
    return this.opened;
  }

  private async connect(): Promise<void> {
    try {
      await this.connection.openUri(this.uri, this.settings);
    } catch (error) {
      throw (error as Error).name === 'MongoCompatibilityError' ? oldServer(error) : error;
    }
    const hello = await this.connection.db!.admin().command({ hello: 1 });
    if (Number(hello.maxWireVersion) < OLDEST_WIRE_VERSION) throw oldServer();
    // A router of a sharded cluster has no name of a set, but stands for sets.
    if (hello.setName === undefined && hello.msg !== 'isdbgrid') throw noReplicaSet();
  }

  private modelOf(collection: AnyCollection): mongoose.Model<unknown> {
    const { name, fields } = collection;
    return this.connection.models[name] ?? this.connection.model<unknown>(name, schemaOf({ name, fields, indexes: [] }), name);
  }

  private validatorOf(collection: AnyCollection): Record<string, unknown> {
    return { $jsonSchema: schemaOf(collection).toJSONSchema({ useBsonType: true }) };
  }
}

function schemaOf({ name, fields }: AnyCollection): mongoose.Schema {
  return new mongoose.Schema({ ...fields, _id: { type: String, required: true }, version: { type: Number, required: true } } as mongoose.SchemaDefinition, { ...SCHEMA, collection: name });
}

function checkUri(uri: string): void {
  try {
    void new mongoose.mongo.MongoClient(uri);
  } catch (cause) {
    const { message } = cause as Error;
    throw inputError('BAD_URI', `MongoDB의 주소가 아닙니다. mongodb://호스트:포트/?replicaSet=이름 꼴이어야 합니다(${message}).`, `is no address of MongoDB; it has to look like mongodb://host:port/?replicaSet=name (${message})`, cause);
  }
}

function noReplicaSet(): InputError {
  return inputError(
    'NO_REPLICA_SET',
    'MongoDB가 복제 세트가 아니라 단독으로 실행 중입니다. 단독 서버는 강제로 끝나면 확인한 쓰기도 잃습니다. --replSet으로 다시 시작하고 rs.initiate()를 한 번 실행하세요(노드 하나로도 됩니다).',
    'MongoDB runs alone, not as a replica set; killed, such a server loses writes that it has acknowledged. Start it with --replSet and run rs.initiate() once (one node is enough)',
  );
}

function oldServer(cause?: unknown): InputError {
  return inputError('OLD_SERVER', 'MongoDB 6.0 이상이 필요합니다. 서버를 새 버전으로 올리세요.', 'MongoDB 6.0 or later is needed; update the server', cause);
}

function inputError(code: string, ko: string, en: string, cause?: unknown): InputError {
  return new InputError(`STORAGE.${code}`, { file: 'environment' }, 'MONGODB_URI', { ko, en }, { cause });
}
