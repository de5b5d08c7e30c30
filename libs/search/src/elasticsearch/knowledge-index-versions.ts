import { createHash } from 'node:crypto';
import { type Client } from '@elastic/elasticsearch';
import { InputError } from '@math-labeler/curriculum';
import { type KnowledgeDocument } from '../knowledge-index.js';
import { writeNew } from './document-writes.js';
import { buildingAlias, indexName, type IndexVersion, listVersions, previousOf } from './index-catalogue.js';
import { checkIndex, type IndexReport, type IndexStandard } from './index-check.js';
import { indexDefinition, type IndexOptions, type IndexOrigin } from './index-definition.js';
import { carryOver } from './learned-entries.js';
import { translated } from './search-error.js';
import { entryOf } from './vector-room.js';

export interface VersionsOptions extends Pick<IndexOptions, 'replicas'> {
  readonly alias: string;
}

/** What the documents come from. */
export type Provenance = Pick<IndexOrigin, 'dataset' | 'taxonomy' | 'product'>;

export interface BuildOptions {
  /** Hears how many documents are in. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
  /** ISO 8601. */
  readonly now?: string;
}

const BATCH = 500;

/**
 * The indexes behind an alias: a new one is filled beside the live one, and takes its place in one step, so that no search ever fails or finds nothing.
 * Everything rejects with TransientError while the server is away; what was begun can then be done again.
 */
export class KnowledgeIndexVersions {
  /** @param client one with patience: making an index, or merging it, may take much longer than a search */
  constructor(
    private readonly client: Client,
    private readonly options: VersionsOptions,
  ) {}

  /** Newest first. */
  list(): Promise<IndexVersion[]> {
    return listVersions(this.client, this.options.alias);
  }

  /** Makes sure that there is a live index: where there is none, builds it of these documents. Several processes may do so at once. */
  async prepare(documents: readonly KnowledgeDocument[], provenance: Provenance, options: BuildOptions = {}): Promise<void> {
    if (await this.hasLive()) return;
    try {
      await this.swap(await this.build(documents, provenance, options));
    } catch (error) {
      // Whoever came first may have removed this one as outdated.
      if (!(await this.hasLive())) throw error;
    }
  }

  /** Fills a new index with the documents and with what the live one has been taught, and gives its name. One that is not finished is removed again. */
  async build(documents: readonly KnowledgeDocument[], provenance: Provenance, { onProgress = () => {}, signal, now = new Date().toISOString() }: BuildOptions = {}): Promise<string> {
    const { alias } = this.options;
    const embedding = documents.find((document) => document.embedding !== undefined)?.embedding;
    const origin: IndexOrigin = { ...provenance, content: contentHash(documents), documents: documents.length, ...(embedding === undefined ? {} : { embedder: embedding.embedder }), builtAt: now };
    const name = indexName(alias, origin);
    const live = (await this.list()).find(({ isLive }) => isLive);
    const { settings, mappings } = indexDefinition({ ...this.options, vectorDims: embedding?.vector.length, origin });
    await this.run(this.client.indices.create({ index: name, settings: { ...settings, refresh_interval: '-1' }, mappings, aliases: { [buildingAlias(name)]: {} } }));
    try {
      for (let i = 0; i < documents.length; i += BATCH) {
        signal?.throwIfAborted();
        await writeNew(this.client, documents.slice(i, i + BATCH).map(entryOf), { to: { alias: buildingAlias(name) }, refresh: false });
        onProgress(Math.min(i + BATCH, documents.length));
      }
      if (live !== undefined) await carryOver(this.client, live.name, name);
      await this.finish(name);
    } catch (error) {
      await this.client.indices.delete({ index: name, ignore_unavailable: true }).catch(() => {});
      throw error;
    }
    return name;
  }

  /** Looks whether an index may go live. Throws InputError SEARCH.NO_INDEX. */
  check(name: string, standard: IndexStandard): Promise<IndexReport> {
    return checkIndex(this.client, this.options.alias, name, standard);
  }

  /**
   * Turns the alias to an index in one step; the one that was live stays for a rollback, and older ones go. What the others were taught up to the very
   * last moment is taught to the new one: their writes are stopped first, and a writer who is turned away comes again, by the alias. Fails before the
   * step, and the old index is live, or after it: then the same swap once more completes it. Throws InputError SEARCH.NO_INDEX.
   */
  async swap(name: string, now = new Date().toISOString()): Promise<void> {
    const before = await this.list();
    const target = before.find((version) => version.name === name);
    if (target === undefined || target.isBuilding) throw this.noIndex(name);
    if (!target.isLive) await this.turnTo(target, now);
    const versions = await this.list();
    // Whoever has turned it to yet another one since does the rest.
    if (!versions.some((version) => version.name === name && version.isLive)) return;
    const previous = previousOf(versions);
    for (const other of versions.filter(({ isLive, origin }) => !isLive && origin.liveAt !== undefined)) {
      await this.run(this.client.indices.addBlock({ index: other.name, block: 'write' }));
      await carryOver(this.client, other.name, name);
    }
    const outdated = versions.filter((version) => !version.isLive && version.name !== previous?.name && (version.origin.liveAt !== undefined || version.name < name));
    for (const { name: index } of outdated) await this.run(this.client.indices.delete({ index, ignore_unavailable: true }));
  }

  /** Swaps to the index that was live before, and gives its name. Throws InputError SEARCH.NO_PREVIOUS. */
  async rollback(): Promise<string> {
    const previous = previousOf(await this.list());
    if (previous === undefined) {
      throw new InputError('SEARCH.NO_PREVIOUS', { file: this.options.alias }, undefined, { ko: '되돌아갈 이전 색인이 없습니다', en: 'has no previous index to go back to' });
    }
    await this.swap(previous.name);
    return previous.name;
  }

  private async hasLive(): Promise<boolean> {
    return (await this.list()).some(({ isLive }) => isLive);
  }

  private async turnTo({ name, origin }: IndexVersion, now: string): Promise<void> {
    const { alias } = this.options;
    await this.run(this.client.indices.putSettings({ index: name, settings: { 'index.blocks.write': null } }));
    await this.run(this.client.indices.putMapping({ index: name, _meta: { ...origin, liveAt: now } }));
    const actions = [{ remove: { index: `${alias}-*`, alias, must_exist: false } }, { add: { index: name, alias, is_write_index: true } }];
    await this.run(this.client.indices.updateAliases({ actions }));
  }

  /** An index of one piece, open to searches. */
  private async finish(name: string): Promise<void> {
    const { client } = this;
    await this.run(client.indices.refresh({ index: name }));
    await this.run(client.indices.forcemerge({ index: name, max_num_segments: 1 }));
    await this.run(client.indices.putSettings({ index: name, settings: { 'index.refresh_interval': null } }));
    await this.run(client.indices.updateAliases({ actions: [{ remove: { index: name, alias: buildingAlias(name) } }] }));
  }

  private noIndex(name: string): InputError {
    return new InputError('SEARCH.NO_INDEX', { file: name }, undefined, { ko: `${this.options.alias}의 완성된 색인이 아닙니다. mathlabel index list로 확인하세요`, en: `is no finished index of ${this.options.alias}; mathlabel index list shows them` });
  }

  private async run<Result>(request: Promise<Result>): Promise<Result> {
    try {
      return await request;
    } catch (error) {
      throw translated(error);
    }
  }
}

function contentHash(documents: readonly KnowledgeDocument[]): string {
  const hash = createHash('sha256');
  for (const { id, kind, code, level, text, group, embedding } of documents) {
    hash.update(`${JSON.stringify([id, kind, code, level, text, group, ...(embedding === undefined ? [] : [embedding.embedder])])}\n`);
  }
  return hash.digest('hex');
}
