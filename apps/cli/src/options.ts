import { InvalidArgumentError, Option } from 'commander';
import { DEFAULT_ERROR_TARGET, readToldGrade, type ToldGrade } from '@math-labeler/confidence';
import { type Language, wordsIn } from './language.js';

/** How labelling is told what it cannot read from the problems; `label` and `evaluate` take the same. */
export interface LabelingOptions {
  readonly grade?: ToldGrade;
  readonly mixed: boolean;
  readonly errorTarget: number;
  readonly reviewed?: string;
}

export function labelingOptions(language: Language): Option[] {
  const words = wordsIn(language);
  return [
    new Option('--grade <grade>', words('모든 문제의 학년: 3, 3-1, 3학년, 3~4학년군 (강한 힌트이지 벽은 아닙니다)', 'grade of all problems: 3, 3-1, 3~4학년군 (a strong hint, not a wall)')).argParser(
      (value: string) => {
        const told = readToldGrade(value);
        if (told === undefined) throw new InvalidArgumentError(words(`초등 학년이 아닙니다: ${value}`, `names no elementary grade: ${value}`));
        return told;
      },
    ),
    new Option('--mixed', words('출처에 여러 학년이 섞여 있음: 출처의 학년군을 짐작하지 않고 바로 씁니다', 'sources mix grades: learn no grade band from a source, and write at once')).default(false),
    new Option('--error-target <share>', words('확정한 성취기준의 오류 허용치', 'share of wrong standards allowed among those accepted')).default(DEFAULT_ERROR_TARGET).argParser((value: string) => {
      const target = Number(value);
      if (!(target > 0 && target < 1)) throw new InvalidArgumentError(words('0과 1 사이의 수여야 합니다', 'must lie between 0 and 1'));
      return target;
    }),
    new Option('--reviewed <file>', words('검토를 마친 문제 파일 (code, level 포함): 이 출처의 신뢰도를 맞춥니다', 'reviewed problems with code and level: fits the confidence to their source')),
  ];
}
