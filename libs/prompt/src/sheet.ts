import { type Curriculum, type Domain, type Standard } from '@math-labeler/curriculum';

/** Standards that are taught side by side: what a prompt begins with, and providers keep in their cache. */
export interface Sheet {
  readonly standards: readonly Standard[];
  /** Each unit with its standards, word for word. */
  readonly text: string;
}

/** Numbers with their patterns, shapes with their data: halves of about equal size. */
const HALF: Readonly<Record<Domain, string>> = { '수와 연산': '수', '변화와 관계': '수', '도형과 측정': '도형', '자료와 가능성': '도형' };

/**
 * The sheet that a standard stands on. There are five: grades 1-2 whole, and two halves of 3-4 and of 5-6. A few sheets that return are cached at once,
 * and each is long enough for that (OpenAI caches from 1,024 tokens on); a list made for each problem never would be.
 */
export function sheetOf(standard: Standard, { standards }: Pick<Curriculum, 'standards'>): Sheet {
  const own = standards.filter((other) => nameOf(other) === nameOf(standard));
  return { standards: own, text: textOf(own) };
}

function nameOf({ gradeBand, domain }: Standard): string {
  return gradeBand === '1-2' ? gradeBand : `${gradeBand} ${HALF[domain]}`;
}

function textOf(standards: readonly Standard[]): string {
  const lines: string[] = [];
  let unit: string | undefined;
  for (const standard of standards) {
    if (standard.unit !== unit) lines.push(`[${(unit = standard.unit)}]`);
    lines.push(`${standard.code} ${standard.statement}`);
  }
  return lines.join('\n');
}
