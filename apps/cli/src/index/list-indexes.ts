import { type IndexVersion } from '@math-labeler/search';
import { EXIT, type ExitCode } from '../exit-code.js';
import { wordsIn } from '../language.js';
import { LineOutput } from '../line-output.js';
import { type Session } from '../session.js';
import { textTable } from '../text-table.js';
import { withIndexes } from './open-index.js';

export async function listIndexes(session: Session, { json }: { readonly json: boolean }): Promise<ExitCode> {
  const versions = await withIndexes(session, (indexes) => indexes.list());
  const output = new LineOutput(session.stdout);
  for (const line of json ? versions.map((version) => JSON.stringify(version)) : tableOf(session, versions)) await output.write(line);
  return EXIT.done;
}

function tableOf({ language }: Session, versions: readonly IndexVersion[]): string[] {
  const words = wordsIn(language);
  const head = ['', words('색인', 'index'), words('만든 때', 'built'), words('쓰인 때', 'went live'), words('문서', 'documents'), words('데이터', 'dataset'), words('제품', 'product')];
  const rows = versions.map(({ name, isLive, isBuilding, origin: { builtAt, liveAt, documents, dataset, product } }) => [
    isLive ? '*' : '',
    isBuilding ? `${name} (${words('만드는 중', 'being built')})` : name,
    builtAt,
    liveAt ?? '',
    documents,
    dataset.slice(0, 12),
    product,
  ]);
  return textTable([head, ...rows]);
}
