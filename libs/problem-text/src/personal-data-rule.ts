/** What can be personal in a text. */
export type PersonalDataKind = 'residentNumber' | 'phone' | 'email' | 'school' | 'schoolClass' | 'pupilNumber' | 'name';

/** How one form of personal data is recognised. Every repetition in a pattern is bounded, so that finding is linear in the length of the text. */
export interface PersonalDataRule {
  readonly kind: PersonalDataKind;
  /** Global; its first group is what stands before, its second the personal data. */
  readonly pattern: RegExp;
  /** Tells apart what looks right and is none; all is taken where it is absent. */
  readonly accepts?: (match: RegExpExecArray) => boolean;
  /** Sticky, groups as in `pattern`: more of the same behind it, as in a list of names. */
  readonly more?: RegExp;
}

/** Rules that need look no further where there is no clue. */
export interface PersonalDataRules {
  /** What every text holds in which one of them finds anything; quick to look for. */
  readonly clue: RegExp;
  readonly rules: readonly PersonalDataRule[];
}
