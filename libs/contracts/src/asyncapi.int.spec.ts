import { readFileSync } from 'node:fs';
import asyncapi from '@asyncapi/parser';

const committed = readFileSync(new URL('../asyncapi.json', import.meta.url), 'utf8');
/** Of the parser's diagnostics, what makes a document wrong; it recommends things too. */
const ERROR = 0;

async function errorsIn(document: string): Promise<string[]> {
  const { diagnostics } = await new asyncapi.Parser().parse(document);
  return diagnostics.filter(({ severity }) => severity === ERROR).map(({ message, path }) => `${path.join('/')}: ${message}`);
}

describe('the AsyncAPI document, read by the AsyncAPI parser', () => {
  test('it has no errors', async () => {
    expect(await errorsIn(committed)).toEqual([]);
  }, 60_000);

  test('a topic without partitions and a message of no channel would be errors', async () => {
    const document = JSON.parse(committed);
    document.channels['problem.ingested.v1'].bindings.kafka.partitions = 0;
    document.operations['ingestion-sends-problem.rejected.v1'].messages[0].$ref = '#/channels/problem.rejected.v1/messages/unknown';
    expect(await errorsIn(JSON.stringify(document))).toEqual(expect.arrayContaining([expect.stringMatching(/partitions/), expect.stringMatching(/unknown/)]));
  }, 60_000);
});
