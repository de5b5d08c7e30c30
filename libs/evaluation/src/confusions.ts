import { type Branch, type Judged, hasRightStandard } from './judged.js';

export type Relation = 'sameUnit' | 'sameDomain' | 'otherDomain';

/** Two standards that were taken for one another. */
export interface ConfusedPair {
  readonly codes: readonly [first: string, second: string];
  readonly errors: number;
  /** Errors by direction: the first labelled as the second, and the second as the first. */
  readonly directions: readonly [number, number];
  readonly relation: Relation;
  /** Whether the curriculum data lists the two as easily confused. */
  readonly listed: boolean;
}

/** Every error on the standard: how near the wrong standard was (`listed` cuts across the other three), and the pairs, most confused first. */
export interface Confusions {
  readonly sameUnit: number;
  readonly sameDomain: number;
  readonly otherDomain: number;
  readonly listed: number;
  readonly pairs: readonly ConfusedPair[];
}

/** How near two standards stand in the curriculum; an unknown one is near nothing. */
export function relate(first: Branch | undefined, second: Branch | undefined): Relation {
  if (first?.domain === undefined || first.domain !== second?.domain) return 'otherDomain';
  return first.unit === second.unit ? 'sameUnit' : 'sameDomain';
}

/** Counts which standards were confused; a problem with several right codes counts under its main one. */
export function countConfusions(
  judged: readonly Judged[],
  branchOf: (code: string) => Branch | undefined,
  areConfusable: (first: string, second: string) => boolean,
): Confusions {
  const counts = new Map<string, { codes: [string, string]; directions: [number, number] }>();
  for (const item of judged) {
    if (hasRightStandard(item)) continue;
    const gold = item.gold.codes[0];
    const codes: [string, string] = gold < item.predicted.code ? [gold, item.predicted.code] : [item.predicted.code, gold];
    const pair = counts.get(codes.join()) ?? { codes, directions: [0, 0] };
    pair.directions[codes.indexOf(gold)] += 1;
    counts.set(codes.join(), pair);
  }
  const pairs = [...counts.values()]
    .map(({ codes, directions }) => ({
      codes,
      errors: directions[0] + directions[1],
      directions,
      relation: relate(branchOf(codes[0]), branchOf(codes[1])),
      listed: areConfusable(codes[0], codes[1]),
    }))
    .sort((a, b) => b.errors - a.errors || (a.codes.join() < b.codes.join() ? -1 : 1));
  const errorsWhere = (test: (pair: ConfusedPair) => boolean) => pairs.filter(test).reduce((sum, { errors }) => sum + errors, 0);
  return {
    sameUnit: errorsWhere(({ relation }) => relation === 'sameUnit'),
    sameDomain: errorsWhere(({ relation }) => relation === 'sameDomain'),
    otherDomain: errorsWhere(({ relation }) => relation === 'otherDomain'),
    listed: errorsWhere(({ listed }) => listed),
    pairs,
  };
}
