import { createHash } from 'node:crypto';
import { type Curriculum } from '@math-labeler/curriculum';

/**
 * Versions of a prompt, by the curriculum: each changes by itself when the words or the layout do, since it is a digest of what is made of the same
 * questions every time, and is worked out once. `first-3f2a91c0`
 */
export function promptVersions<Question>(name: string, specimens: (curriculum: Curriculum) => readonly Question[], wordsOf: (question: Question, curriculum: Curriculum) => unknown): (curriculum: Curriculum) => string {
  const known = new WeakMap<Curriculum, string>();
  return (curriculum) => {
    const version = known.get(curriculum) ?? `${name}-${digestOf(specimens(curriculum).map((question) => wordsOf(question, curriculum)))}`;
    known.set(curriculum, version);
    return version;
  };
}

function digestOf(contents: readonly unknown[]): string {
  const hash = createHash('sha256');
  for (const content of contents) hash.update(JSON.stringify(content));
  return hash.digest('hex').slice(0, 8);
}
