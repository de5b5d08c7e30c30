import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDataFolder } from './data-folder.js';
import { readIfThere, writeWhole } from './whole-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'storage-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a data folder', () => {
  test('is read as its files’ paths and texts, in one order, without what is not data', async () => {
    for (const part of ['knowledge', 'curriculum', 'evaluation', 'samples']) mkdirSync(join(folder, part));
    writeFileSync(join(folder, 'knowledge/b.jsonl'), '나');
    writeFileSync(join(folder, 'knowledge/a.jsonl'), '가');
    writeFileSync(join(folder, 'curriculum/c.json'), '[]');
    writeFileSync(join(folder, 'samples/problems.jsonl'), '{}');
    expect(await readDataFolder(folder)).toEqual([
      { path: 'curriculum/c.json', text: '[]' },
      { path: 'knowledge/a.jsonl', text: '가' },
      { path: 'knowledge/b.jsonl', text: '나' },
    ]);
  });

  test('without one of its parts is refused by name', async () => {
    await expect(readDataFolder(folder)).rejects.toThrow(/curriculum/);
  });
});

describe('a whole file', () => {
  test('is made with its folder, and replaced', async () => {
    const path = join(folder, 'models/model.bin');
    await writeWhole(path, Buffer.from('one'));
    await writeWhole(path, Buffer.from('two'));
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(readdirSync(join(folder, 'models'))).toEqual(['model.bin']);
  });

  test('that cannot be put in its place leaves the old one and nothing beside it', async () => {
    const path = join(folder, 'taken');
    mkdirSync(path);
    writeFileSync(join(path, 'inside'), 'old');
    await expect(writeWhole(path, Buffer.from('new'))).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['taken']);
    expect(readFileSync(join(path, 'inside'), 'utf8')).toBe('old');
  });

  test('is never seen in part while it is replaced, by several writers at once', async () => {
    const path = join(folder, 'model.bin');
    const contents = ['a', 'b', 'c'].map((letter) => Buffer.alloc(1 << 20, letter));
    await writeWhole(path, contents[0]);
    let writing = true;
    const writers = Promise.all(contents.map(async (bytes) => { for (let i = 0; i < 5; i++) await writeWhole(path, bytes); })).finally(() => (writing = false));
    const seen = new Set<string>();
    while (writing) {
      const bytes = Buffer.from((await readIfThere(path))!);
      seen.add(contents.find((content) => content.equals(bytes))?.toString('utf8', 0, 1) ?? `a part of ${bytes.length} bytes`);
    }
    await writers;
    expect(contents.map((content) => content.toString('utf8', 0, 1))).toEqual(expect.arrayContaining([...seen]));
    expect(readdirSync(folder)).toEqual(['model.bin']);
  });

  test('that is not there is undefined; one that cannot be read is an error', async () => {
    expect(await readIfThere(join(folder, 'none'))).toBeUndefined();
    await expect(readIfThere(folder)).rejects.toThrow();
  });
});
