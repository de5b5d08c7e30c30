import { type Bilingual, InputError, type Place } from '@math-labeler/curriculum';

/** `error`: the row cannot come in. `warning`: it can, but somebody should look, and `--strict` says no. `info`: nothing is wrong. */
export type Severity = 'error' | 'warning' | 'info';

/** What can be found in rows that are to be imported, gravest first. */
export const FINDINGS = {
  unreadable: { severity: 'error', title: { ko: '읽을 수 없음', en: 'Unreadable' } },
  missingLabel: { severity: 'error', title: { ko: '성취기준이나 성취수준이 없음', en: 'Standard or level missing' } },
  badLabel: { severity: 'error', title: { ko: '성취기준이나 성취수준의 형식이 틀림', en: 'Standard or level badly written' } },
  unknownCode: { severity: 'error', title: { ko: '교육과정에 없는 코드', en: 'Code not in the curriculum' } },
  severalCodes: { severity: 'error', title: { ko: '성취기준이 여럿', en: 'Several standards' } },
  contradiction: { severity: 'error', title: { ko: '분류가 코드와 어긋남', en: 'Category contradicts the code' } },
  duplicateId: { severity: 'error', title: { ko: '같은 id', en: 'Id used twice' } },
  leakage: { severity: 'error', title: { ko: '평가 문제와 같음', en: 'Same as an evaluation problem' } },
  nearLeakage: { severity: 'error', title: { ko: '평가 문제와 거의 같음', en: 'Almost an evaluation problem' } },
  conflict: { severity: 'error', title: { ko: '같은 글에 다른 라벨 (파일 안)', en: 'Same text, other label (within the files)' } },
  knownConflict: { severity: 'error', title: { ko: '같은 글에 다른 라벨 (지식 베이스)', en: 'Same text, other label (knowledge base)' } },
  noId: { severity: 'warning', title: { ko: 'id가 없음', en: 'No id' } },
  personalData: { severity: 'warning', title: { ko: '개인 정보를 가림', en: 'Personal data masked' } },
  duplicate: { severity: 'warning', title: { ko: '같은 문제 (파일 안)', en: 'Same problem (within the files)' } },
  nearConflict: { severity: 'warning', title: { ko: '거의 같은 글에 다른 라벨', en: 'Almost the same text, other label' } },
  nearDuplicate: { severity: 'warning', title: { ko: '거의 같은 문제', en: 'Almost the same problem' } },
  goldVariant: { severity: 'warning', title: { ko: '평가 문제와 수만 다름', en: 'An evaluation problem with other numbers' } },
  imbalance: { severity: 'warning', title: { ko: '한 성취기준에 몰림', en: 'Too much of one standard' } },
  replaced: { severity: 'info', title: { ko: '라벨을 바꿈', en: 'Label replaced' } },
  known: { severity: 'info', title: { ko: '이미 있음', en: 'Known already' } },
  family: { severity: 'info', title: { ko: '수만 다른 문제', en: 'Differs from another in its numbers alone' } },
} as const satisfies Readonly<Record<string, { readonly severity: Severity; readonly title: Bilingual }>>;

export type FindingKind = keyof typeof FINDINGS;

/** One thing that was found; `error` says where and what, whatever its severity. */
export interface Finding {
  readonly kind: FindingKind;
  readonly error: InputError;
}

export function finding(kind: FindingKind, place: Place, field: string, ko: string, en: string): Finding {
  return { kind, error: new InputError(`KNOWLEDGE.${constantCase(kind)}`, place, field, { ko, en }) };
}

/** `nearDuplicate` → `NEAR_DUPLICATE` */
function constantCase(kind: FindingKind): string {
  return kind.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

const FAULT_KINDS: Readonly<Record<string, FindingKind>> = {
  'PROBLEM_FILES.UNKNOWN_CODE': 'unknownCode',
  'PROBLEM_FILES.MISSING_CODE': 'missingLabel',
  'PROBLEM_FILES.BAD_CODE': 'badLabel',
  'PROBLEM_FILES.BAD_LEVEL': 'badLabel',
  'PROBLEM_FILES.DUPLICATE_ID': 'duplicateId',
};

/** What a fault of reading is as a finding; its own code stays. */
export function readingFinding(error: InputError): Finding {
  return { kind: FAULT_KINDS[error.code] ?? 'unreadable', error };
}
