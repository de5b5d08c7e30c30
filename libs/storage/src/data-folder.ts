import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type DataFile } from '@math-labeler/curriculum';

/** The folders of `data/` that hold what labelling is made from. */
const PARTS = ['curriculum', 'knowledge', 'evaluation'];

/** Reads the data folder's files as text, paths relative to it with forward slashes, in a fixed order. */
export async function readDataFolder(folder: string): Promise<DataFile[]> {
  const paths = await Promise.all(
    PARTS.map(async (part) => {
      const entries = await readdir(join(folder, part), { withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map((entry) => join(folder, part, entry.name));
    }),
  );
  return Promise.all(
    paths
      .flat()
      .sort()
      .map(async (path) => ({ path: relative(folder, path).split(sep).join('/'), text: await readFile(path, 'utf8') })),
  );
}
