import { type Client } from '@elastic/elasticsearch';
import { type IndexOrigin } from './index-definition.js';
import { translated } from './search-error.js';

/** One of the indexes that the alias stands for, or may. */
export interface IndexVersion {
  readonly name: string;
  readonly origin: IndexOrigin;
  /** The alias stands for it. */
  readonly isLive: boolean;
  /** It is being filled, or whoever filled it has died. */
  readonly isBuilding: boolean;
}

/** Under which an index is written to while it is being filled: were it deleted meanwhile, a write to its name would bring it back, without its mapping. */
export function buildingAlias(name: string): string {
  return `building.${name}`;
}

/** `<alias>-20260302t101500123z-<first 8 of the hash>`: in the order of their names, indexes are in the order of their time. */
export function indexName(alias: string, { builtAt, content }: Pick<IndexOrigin, 'builtAt' | 'content'>): string {
  return `${alias}-${builtAt.toLowerCase().replace(/[^0-9tz]/g, '')}-${content.slice(0, 8)}`;
}

/** Whether a name is one that `indexName` gives for this alias. */
export function isIndexOf(alias: string, name: string): boolean {
  return name.startsWith(`${alias}-`) && /^\d{8}t\d{9}z-[0-9a-f]{8}$/.test(name.slice(alias.length + 1));
}

/** All of them, newest first. */
export async function listVersions(client: Client, alias: string): Promise<IndexVersion[]> {
  const found = await client.indices.get({ index: `${alias}-*`, features: ['aliases', 'mappings'] }).catch((error: unknown) => {
    throw translated(error);
  });
  return Object.entries(found)
    .filter(([name]) => isIndexOf(alias, name))
    .map(([name, { aliases = {}, mappings }]) => ({ name, origin: mappings?._meta as unknown as IndexOrigin, isLive: alias in aliases, isBuilding: buildingAlias(name) in aliases }))
    .sort((a, b) => (a.name < b.name ? 1 : -1));
}

/** The one that was live before the live one, if it is still there. */
export function previousOf(versions: readonly IndexVersion[]): IndexVersion | undefined {
  return versions
    .filter(({ isLive, origin }) => !isLive && origin.liveAt !== undefined)
    .sort((a, b) => (a.origin.liveAt! < b.origin.liveAt! ? 1 : -1))[0];
}
