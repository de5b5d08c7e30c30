import { ProblemText } from '@math-labeler/problem-text';
import { type BlockName, hashedBlocks } from './blocks.js';

const BLOCKS: readonly BlockName[] = ['c', 'w', 'm', 's', 'r', 'q', 'p', 'x', 'l'];

// A step that is quadratic takes ten seconds and more on these; what is linear stays far below the limit. Processor time: other tests run beside this one.
test.each(['1', '□1', '1/', '(', '[', '<', '1, ', '씩', '씩 가 ', '㉠\n', '1번째'])('50,000 characters of %j take no two seconds', (scrap) => {
  // The syllable makes it a text that Korean patterns are tried on at all.
  const problem = new ProblemText('', `가${scrap.repeat(Math.ceil(50_000 / scrap.length))}`);
  const before = process.cpuUsage();
  hashedBlocks(problem, BLOCKS);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(2000);
});
