import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DataFile } from './data-file.js';
import { type KnowledgeBase, loadKnowledge } from './knowledge.js';
import { DOMAINS } from './standard.js';

const folder = fileURLToPath(new URL('../../../data/', import.meta.url));
const files: DataFile[] = ['curriculum', 'knowledge', 'evaluation'].flatMap((part) =>
  readdirSync(join(folder, part)).map((name) => ({ path: `${part}/${name}`, text: readFileSync(join(folder, part, name), 'utf8') })),
);

describe('the shipped data', () => {
  let knowledge: KnowledgeBase;
  beforeAll(() => {
    knowledge = loadKnowledge(files);
  });

  test('has the 121 elementary standards of the 2022 curriculum (고시 제2022-33호): 29 for grades 1–2, 47 for 3–4, 45 for 5–6', () => {
    const perBand = (band: string) => knowledge.curriculum.standards.filter(({ gradeBand }) => gradeBand === band).length;
    expect([perBand('1-2'), perBand('3-4'), perBand('5-6')]).toEqual([29, 47, 45]);
    expect(new Set(knowledge.curriculum.standards.map(({ domain }) => domain))).toEqual(new Set(Object.keys(DOMAINS)));
  });

  test('has every standard at every level in examples, and in both phrase lists', () => {
    const taught = new Set(knowledge.examples.map(({ code, level }) => `${code}-${level}`));
    expect(taught.size).toBe(121 * 3);
    for (const list of [1, 2]) expect(new Set(knowledge.phrases.filter((phrase) => phrase.list === list).map(({ code }) => code)).size).toBe(121);
  });

  test('evaluates every standard at every level once', () => {
    expect(new Set(knowledge.evaluation.map(({ code, level }) => `${code}-${level}`)).size).toBe(knowledge.evaluation.length);
    expect(knowledge.evaluation).toHaveLength(363);
  });

  test('names the codes of each confusable rule in full in both sentences', () => {
    const { standards, confusableRules } = knowledge.curriculum;
    const rules = confusableRules(standards.map(({ code }) => code));
    expect(rules.length).toBeGreaterThan(0);
    for (const { codes, rule } of rules) {
      expect({ codes, ko: rule.ko.match(/\d수\d\d-\d\d/g) }).toEqual({ codes, ko: codes });
      expect({ codes, en: rule.en.match(/\d수\d\d-\d\d/g) }).toEqual({ codes, en: codes });
    }
  });

  test('orders prerequisites without a circle, as a knowledge space needs', () => {
    const { prerequisites } = knowledge.curriculum;
    const circles: string[] = [];
    const visit = (code: string, path: readonly string[], done: Set<string>): void => {
      if (path.includes(code)) circles.push([...path, code].join(' → '));
      if (path.includes(code) || done.has(code)) return;
      for (const { to } of prerequisites.filter(({ from }) => from === code)) visit(to, [...path, code], done);
      done.add(code);
    };
    const done = new Set<string>();
    for (const { code } of knowledge.curriculum.standards) visit(code, [], done);
    expect(circles).toEqual([]);
  });
});
