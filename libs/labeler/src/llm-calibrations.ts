import { type Calibration, type LlmCalibration } from '@math-labeler/confidence';
import { type Versions } from '@math-labeler/contracts';
import { InputError } from '@math-labeler/curriculum';
import { readIfThere, writeWhole } from '@math-labeler/storage';
import { z } from 'zod';

const numbers = z.array(z.number());
const row = z.object({ llm: z.string(), prompt: z.string(), problems: z.int().positive(), signals: numbers.length(5), right: numbers.length(3), level: z.number() });
type Row = z.infer<typeof row>;

/** How language models are weighed, as `mathlabel calibrate` has fitted it: for each model and prompt. Others are weighed as shipped. */
export class LlmCalibrations {
  private constructor(private readonly rows: readonly Row[]) {}

  static readonly none = new LlmCalibrations([]);

  /** Those that a file holds; none without it. Throws InputError LABELER.BAD_CALIBRATION. */
  static async read(file: string): Promise<LlmCalibrations> {
    const bytes = await readIfThere(file);
    if (bytes === undefined) return LlmCalibrations.none;
    const rows = z.array(row).safeParse(parsed(Buffer.from(bytes).toString('utf8')));
    if (rows.success) return new LlmCalibrations(rows.data);
    throw new InputError('LABELER.BAD_CALIBRATION', { file }, rows.error.issues[0].path.join('.') || undefined, { ko: '언어 모델의 보정을 읽을 수 없습니다. mathlabel calibrate로 다시 만드세요', en: 'is no calibration of language models; make it anew with mathlabel calibrate' });
  }

  of({ llm, prompt }: Pick<Versions, 'llm' | 'prompt'>): LlmCalibration | undefined {
    return this.rows.find((one) => one.llm === llm && one.prompt === prompt);
  }

  /** The calibration with that of the language model that these versions name. */
  appliedTo(calibration: Calibration, versions: Pick<Versions, 'llm' | 'prompt'>): Calibration {
    const llm = this.of(versions);
    return llm === undefined ? calibration : { ...calibration, llm };
  }

  with({ llm, prompt }: Pick<Versions, 'llm' | 'prompt'>, { problems, signals, right, level }: LlmCalibration): LlmCalibrations {
    const fitted: Row = { llm: llm!, prompt: prompt!, problems, signals: [...signals], right: [...right], level };
    return new LlmCalibrations([...this.rows.filter((one) => one.llm !== llm || one.prompt !== prompt), fitted]);
  }

  async write(file: string): Promise<void> {
    await writeWhole(file, Buffer.from(`${JSON.stringify(this.rows, null, 2)}\n`));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
