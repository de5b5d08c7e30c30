import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '@math-labeler/storage';
import { EmbeddedBroker, type EmbeddedBrokerOptions } from './embedded-broker.js';

/** A log file in a folder of its own, and the connections that were made to it. */
export class LogFile {
  private readonly folder = mkdtempSync(join(tmpdir(), 'log-'));
  private readonly databases: Database[] = [];
  readonly path = join(this.folder, 'log.sqlite');

  connect(): Database {
    const database = openDatabase(this.path);
    this.databases.push(database);
    return database;
  }

  open(options?: EmbeddedBrokerOptions): EmbeddedBroker {
    return new EmbeddedBroker(this.connect(), options);
  }

  remove(): void {
    for (const database of this.databases) if (database.isOpen) database.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
