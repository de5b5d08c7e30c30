import { Metrics } from '@math-labeler/service-kit';
import { parse } from 'yaml';
import { textOf } from './deploy-files.fixture.js';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook: string };
}

const { groups } = parse(textOf('deploy/prometheus/alerts.yml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap(({ rules }) => rules);
const { panels } = JSON.parse(textOf('deploy/grafana/dashboard.json')) as { panels: { type: string; title: string; targets?: { expr: string }[] }[] };
const drawn = panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [title, expr] as const));

/** By name: what labels a metric of the product has; undefined where it is one of the process. */
const metrics = new Map<string, readonly string[] | undefined>();

beforeAll(async () => {
  const made = new Metrics();
  const own = Object.values(made).filter((value): value is { name: string; labelNames: string[] } => 'labelNames' in (value as object));
  for (const { name, type } of await made.registry.getMetricsAsJSON()) {
    const labels = own.find((metric) => metric.name === name)?.labelNames;
    const names = String(type) === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name];
    for (const one of names) metrics.set(one, labels && [...labels, ...(one.endsWith('_bucket') ? ['le'] : [])]);
  }
  metrics.set('up', undefined);
});

/** Metrics that an expression names; every one of the product and of a process has an underscore, which no function that it uses has in front. */
function metricsIn(expr: string): string[] {
  return [...expr.replace(/"[^"]*"/g, '').matchAll(/\b(?:mathlabeler_\w+|process_\w+|nodejs_\w+|up(?=\{))/g)].map(([name]) => name);
}

/** Labels by which an expression selects or adds up, but for those that Prometheus adds. */
function labelsIn(expr: string): string[] {
  const grouped = [...expr.matchAll(/\b(?:by|on) \(([^)]*)\)/g)].flatMap(([, names]) => names.split(',').map((name) => name.trim()));
  const selected = [...expr.matchAll(/\{([^}]*)\}/g)].flatMap(([, pairs]) => [...pairs.matchAll(/(\w+)(?==)/g)].map(([name]) => name));
  const made = [...expr.matchAll(/label_replace\(\w+, "(\w+)"/g)].map(([, name]) => name);
  return [...grouped, ...selected].filter((name) => !['job', 'instance', ...made].includes(name));
}

function expectMetrics(expr: string): void {
  const names = metricsIn(expr);
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !metrics.has(name))).toEqual([]);
  const known = names.flatMap((name) => metrics.get(name) ?? []);
  expect(labelsIn(expr).filter((label) => !known.includes(label))).toEqual([]);
}

describe('alerts', () => {
  test.each(rules.map((rule) => [rule.alert, rule] as const))('%s asks for metrics and labels that there are', (_, { expr }) => expectMetrics(expr));

  test.each(['docs/operations.md', 'docs/operations.ko.md'])('each has its section in %s, and each section its alert', (guide) => {
    const sections = [...textOf(guide).matchAll(/^### (MathLabeler\w+)$/gm)].map(([, title]) => title);
    expect(sections).toEqual(rules.map(({ alert }) => alert));
  });

  test('each says how bad it is and where to read on', () => {
    for (const { alert, labels, annotations } of rules) {
      expect(['page', 'ticket']).toContain(labels.severity);
      expect(annotations).toEqual({ summary: expect.stringContaining('{{'), runbook: `docs/operations.md#${alert.toLowerCase()}` });
    }
  });

  test('a language model that fails, and a budget that is spent, are told of', () => {
    const all = rules.flatMap(({ expr }) => metricsIn(expr));
    expect(all).toEqual(expect.arrayContaining(['mathlabeler_llm_call_seconds_count', 'mathlabeler_llm_budget_spent']));
  });

  test('a server that is away, dead letters and a service that hangs are told of', () => {
    const all = rules.flatMap(({ expr }) => metricsIn(expr));
    expect(all).toEqual(expect.arrayContaining(['mathlabeler_part_up', 'mathlabeler_dead_letters_total', 'mathlabeler_lag_events', 'up']));
  });
});

describe('dashboard', () => {
  test.each(drawn)('“%s” draws metrics and labels that there are', (_, expr) => expectMetrics(expr));

  test('every metric of the product is drawn', () => {
    const names = new Set(drawn.flatMap(([, expr]) => metricsIn(expr)).map((name) => name.replace(/_(?:bucket|count|sum)$/, '')));
    const product = [...metrics].filter(([, labels]) => labels !== undefined).map(([name]) => name.replace(/_(?:bucket|count|sum)$/, ''));
    expect(product.length).toBeGreaterThan(10);
    expect([...new Set(product)].filter((name) => !names.has(name))).toEqual([]);
  });

  test('it says all in Korean and English', () => {
    expect(panels.filter(({ title }) => !/[가-힣].* · .*\w/.test(title) && !['CPU', 'HTTP'].includes(title))).toEqual([]);
  });
});
