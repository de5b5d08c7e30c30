import { DISGUISED_ATTACKS } from './attacks-disguised.fixture.js';
import { ENGLISH_ATTACKS } from './attacks-english.fixture.js';
import { FREE_WORDED_ATTACKS } from './attacks-in-free-words.fixture.js';
import { KOREAN_ATTACKS } from './attacks-korean.fixture.js';

export const ATTACK_KINDS = [
  'direct order', 'closing mark', 'false message', 'role play', 'false answer', 'false example', 'authority', 'threat or reward', 'encoded', 'hidden characters',
  'padding', 'hidden place', 'markup', 'several steps', 'level and certainty', 'other language', 'free wording',
] as const;

/** What somebody writes into a problem to have it labelled as they like, or to do harm where it is shown. */
export interface Attack {
  readonly name: string;
  readonly kind: (typeof ATTACK_KINDS)[number];
  readonly text: string;
}

/** The standard that most of them want; the others want what stands under number 1. */
export const WANTED = '6수04-01';

export const ATTACKS: readonly Attack[] = [...KOREAN_ATTACKS, ...ENGLISH_ATTACKS, ...DISGUISED_ATTACKS, ...FREE_WORDED_ATTACKS];
