import { InputError } from '@math-labeler/curriculum';
import { type DatasetStore } from './dataset-store.js';
import { type DatasetMove, type DatasetVersion, SHIPPED } from './dataset-version.js';
import { contentHash, type LabelledRow, sameLabel } from './labelled-row.js';

/** A version as people speak of it. */
export interface NumberedVersion extends DatasetVersion {
  /** From 1, in the order in which the versions first became present. */
  readonly number: number;
}

export interface DatasetDiff {
  readonly added: readonly LabelledRow[];
  readonly removed: readonly LabelledRow[];
  readonly relabelled: readonly { readonly before: LabelledRow; readonly after: LabelledRow }[];
}

export type NewVersion = Pick<DatasetVersion, 'at' | 'sources' | 'found' | 'beside'>;

/** Rows that travel together. */
const BATCH = 500;

/** The versions of the imported part of the knowledge base, over any store. */
export class Datasets {
  constructor(private readonly store: DatasetStore) {}

  /** `shipped` while nothing has been imported. */
  async present(): Promise<string> {
    return (await this.store.history()).at(-1)?.to ?? SHIPPED;
  }

  history(): Promise<DatasetMove[]> {
    return this.store.history();
  }

  /** Every version that has ever been present, the oldest first. */
  async versions(): Promise<NumberedVersion[]> {
    const ids = [...new Set((await this.store.history()).map(({ to }) => to))].filter((id) => id !== SHIPPED);
    return Promise.all(ids.map(async (id, i) => ({ ...(await this.version(id)), number: i + 1 })));
  }

  /** The version that a person means: `present`, `shipped`, a number, or the beginning of an id. Throws InputError KNOWLEDGE.NO_VERSION. */
  async find(written: string): Promise<string> {
    const name = written.normalize('NFKC').trim().toLowerCase();
    if (name === 'present' || name === 'current') return this.present();
    if (name === SHIPPED || /^v?0$/.test(name)) return SHIPPED;
    const versions = await this.versions();
    const byNumber = versions.find(({ number }) => name === String(number) || name === `v${number}`);
    if (byNumber !== undefined) return byNumber.id;
    const matching = versions.filter(({ id }) => name.length >= 4 && id.startsWith(name));
    if (matching.length === 1) return matching[0].id;
    const last = versions.length;
    throw new InputError('KNOWLEDGE.NO_VERSION', { file: written }, undefined, {
      ko: `그런 버전이 없습니다 (0~${last}, 또는 id의 첫 네 글자 이상; mathlabel knowledge versions로 볼 수 있습니다)`,
      en: `there is no such version (0 to ${last}, or at least four digits of an id; mathlabel knowledge versions shows them)`,
    });
  }

  /** The rows of a version by their key; none for `shipped`. */
  async rows(id: string): Promise<Map<string, LabelledRow>> {
    const lineage: DatasetVersion[] = [];
    for (let at = id; at !== SHIPPED; at = lineage[0].parent) lineage.unshift(await this.version(at));
    const rows = new Map<string, LabelledRow>();
    for (const { delta } of lineage) for await (const row of this.delta(delta)) rows.set(row.key, row);
    return rows;
  }

  /**
   * Makes the parent's rows with these, which come in addition or in place of a row of the same key, the present version; gives undefined where that
   * is the parent itself. Throws InputError KNOWLEDGE.MOVED when another version has become present meanwhile: then nothing has happened.
   */
  async commit(parent: string, before: ReadonlyMap<string, LabelledRow>, rows: readonly LabelledRow[], made: NewVersion, onKept: (rows: number) => void = () => {}): Promise<string | undefined> {
    if (rows.length === 0) return undefined;
    const after = new Map([...before, ...rows.map((row) => [row.key, row] as const)]);
    const id = contentHash(after.values()).slice(0, 16);
    if (id === parent) return undefined;
    const delta = contentHash(rows).slice(0, 32);
    for (let from = 0; from < rows.length; from += BATCH) {
      await this.store.keepRows(delta, rows.slice(from, from + BATCH));
      onKept(Math.min(from + BATCH, rows.length));
    }
    const relabelled = rows.filter(({ key }) => before.has(key)).length;
    await this.store.keepVersion({ id, parent, delta, ...made, added: rows.length - relabelled, relabelled, rows: after.size });
    await this.move({ action: 'import', from: parent, to: id, at: made.at });
    return id;
  }

  /** Makes an earlier version the present one again. Throws InputError KNOWLEDGE.ALREADY_PRESENT or KNOWLEDGE.MOVED. */
  async rollback(to: string, at: string): Promise<DatasetMove> {
    const from = await this.present();
    if (from === to) {
      throw new InputError('KNOWLEDGE.ALREADY_PRESENT', { file: to }, undefined, { ko: '이미 지금 쓰는 버전입니다', en: 'is the present version already' });
    }
    const move: DatasetMove = { action: 'rollback', from, to, at };
    await this.move(move);
    return move;
  }

  async diff(from: string, to: string): Promise<DatasetDiff> {
    const [before, after] = [await this.rows(from), await this.rows(to)];
    return {
      added: [...after.values()].filter(({ key }) => !before.has(key)),
      removed: [...before.values()].filter(({ key }) => !after.has(key)),
      relabelled: [...after.values()].flatMap((row) => {
        const other = before.get(row.key);
        return other === undefined || sameLabel(other, row) ? [] : [{ before: other, after: row }];
      }),
    };
  }

  private async version(id: string): Promise<DatasetVersion> {
    const version = await this.store.version(id);
    if (version === undefined) throw new Error(`the history names the version ${id}, which is not kept`);
    return version;
  }

  private async *delta(delta: string): AsyncGenerator<LabelledRow> {
    let page: LabelledRow[];
    let after = '';
    do {
      page = await this.store.rows(delta, after, 2 * BATCH);
      yield* page;
      after = page.at(-1)?.key ?? '';
    } while (page.length === 2 * BATCH);
  }

  private async move(move: DatasetMove): Promise<void> {
    if (await this.store.move(move)) return;
    throw new InputError('KNOWLEDGE.MOVED', { file: move.from }, undefined, {
      ko: '그사이 다른 사람이 지식 베이스의 버전을 바꾸었습니다. 아무것도 바꾸지 않았으니 다시 실행하세요',
      en: 'somebody else has changed the version of the knowledge base meanwhile; nothing was changed, run the command again',
    });
  }
}
