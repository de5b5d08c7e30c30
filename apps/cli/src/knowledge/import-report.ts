import { countOf, FINDINGS, type ImportResult, type QualityReport, type Severity } from '@math-labeler/knowledge-base';
import { faultLine } from '../fault-list.js';
import { type Language, wordsIn } from '../language.js';
import { domainPicture } from './balance-picture.js';

const MARKS: Readonly<Record<Severity, { readonly ko: string; readonly en: string }>> = {
  error: { ko: '오류', en: 'error' },
  warning: { ko: '주의', en: 'warning' },
  info: { ko: '참고', en: 'note' },
};

/** The report as lines for a person: numbers, a few examples of each kind, and the balance. */
export function reportLines(report: QualityReport, language: Language): string[] {
  const words = wordsIn(language);
  const [errors, warnings] = [countOf(report, 'error'), countOf(report, 'warning')];
  return [
    words(`읽은 문제 ${report.rows} · 들어갈 문제 ${report.accepted} · 오류 ${errors} · 주의 ${warnings}`, `${report.rows} problems read · ${report.accepted} fit to come in · ${errors} errors · ${warnings} warnings`),
    ...report.found.flatMap(({ kind, severity, count, examples }) => [
      `[${MARKS[severity][language]}] ${FINDINGS[kind].title[language]}: ${count}`,
      ...examples.map((error) => `    ${faultLine(error, language)}`),
      ...(count > examples.length ? [words(`    … 그 밖에 ${count - examples.length}개 (--errors FILE에 모두 씁니다)`, `    … and ${count - examples.length} more (--errors FILE lists them all)`)] : []),
    ]),
    ...(report.notCompared === 0 ? [] : [words(`비슷한 글이 너무 많아 ${report.notCompared}개는 모두와 견주지는 않았습니다`, `${report.notCompared} texts have so many like them that not all were compared`)]),
    ...domainPicture(report.balance, language),
  ];
}

/** What has become of the import, in a sentence. */
export function outcomeLine({ outcome, version, parent, report }: ImportResult, language: Language): string {
  const words = wordsIn(language);
  switch (outcome) {
    case 'imported':
      return words(`${report.accepted}개를 가져왔습니다: 버전 ${version!} (이전 ${parent}). 되돌리기: mathlabel knowledge rollback ${parent}`, `${report.accepted} imported: version ${version!} (before: ${parent}). To undo: mathlabel knowledge rollback ${parent}`);
    case 'rehearsed':
      return words(`${report.accepted}개를 가져올 수 있습니다 (--dry-run: 아무것도 바꾸지 않았습니다)`, `${report.accepted} could be imported (--dry-run: nothing was changed)`);
    case 'unchanged':
      return words('새로운 것이 없어 아무것도 바꾸지 않았습니다', 'there is nothing new, and nothing was changed');
    case 'refused':
      return words(
        '아무것도 가져오지 않았습니다. 파일을 고치거나, 오류가 있는 문제를 빼고 가져오려면 --skip-faulty, 라벨을 바꾸려면 --replace를 쓰세요',
        'nothing was imported; mend the files, or use --skip-faulty to leave the faulty ones out, or --replace to change labels',
      );
  }
}

/** Of a finding or a kind of it, for programs. */
export function reportJson({ report: { rows, accepted, found, notCompared, balance }, outcome, parent, version }: ImportResult): object {
  const { total, domains, empty, rare, heavy } = balance;
  const kinds = found.map(({ examples, ...kind }) => ({ ...kind, examples: examples.map(({ code, place, field, reason }) => ({ code, ...place, field, ...reason })) }));
  return { outcome, parent, version, rows, accepted, found: kinds, notCompared, balance: { total, domains, empty, rare, heavy } };
}
