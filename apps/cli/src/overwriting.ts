import { realpath } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { InputError } from '@math-labeler/curriculum';

/** Refuses, with an `InputError`, to write where problems are read from: into the file itself, or into a folder that is read. */
export async function refuseOverwriting(files: readonly string[], outputs: readonly (string | undefined)[]): Promise<void> {
  const written = outputs.filter((output) => output !== undefined);
  for (const output of written) {
    const target = await realpath(output).catch(async () => join(await realpath(dirname(output)).catch(() => dirname(output)), basename(output)));
    for (const file of files) {
      const given = await realpath(file).catch(() => undefined);
      if (given !== undefined && (target === given || target.startsWith(given + sep))) {
        throw new InputError('CLI.OVERWRITES_INPUT', { file: output }, undefined, { ko: `읽을 곳(${file})에 쓸 수 없습니다. 다른 곳에 쓰세요`, en: `would be written to where problems are read from (${file}); write somewhere else` });
      }
    }
  }
  if (written.length === 2 && written[0] === written[1]) {
    throw new InputError('CLI.SAME_OUTPUT', { file: written[0] }, undefined, { ko: '--out과 --errors가 같은 파일입니다', en: 'is given for both --out and --errors' });
  }
}
