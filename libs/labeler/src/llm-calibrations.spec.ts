import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Calibration, SHIPPED_LLM_CALIBRATION } from '@math-labeler/confidence';
import { LlmCalibrations } from './llm-calibrations.js';

const fitted = { ...SHIPPED_LLM_CALIBRATION, problems: 120, level: 0.9 };
const versions = { llm: 'm', prompt: 'first-1' };
let file: string;
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'calibrations-')), 'models', 'llm-calibrations.json');
});
afterEach(() => rmSync(join(file, '../..'), { recursive: true }));

test('what was fitted for a model and prompt is found again for these alone, and replaces what was fitted before', async () => {
  await LlmCalibrations.none.with(versions, { ...fitted, problems: 110 }).with({ ...versions, llm: 'other' }, fitted).with(versions, fitted).write(file);
  const read = await LlmCalibrations.read(file);
  expect(read.of(versions)).toMatchObject(fitted);
  expect(read.of({ ...versions, prompt: 'first-2' })).toBeUndefined();
  expect(readdirSync(join(file, '..'))).toHaveLength(1);
});

test('without a file there are none, and a calibration stays as it is', async () => {
  const calibration = { problems: 1 } as Calibration;
  expect((await LlmCalibrations.read(file)).appliedTo(calibration, versions)).toBe(calibration);
  expect(LlmCalibrations.none.with(versions, fitted).appliedTo(calibration, versions)).toMatchObject({ problems: 1, llm: fitted });
});

test.each([['no JSON', '{'], ['another form', '{"llm":"m"}'], ['too few weights', '[{"llm":"m","prompt":"p","problems":1,"signals":[1],"right":[0,1,0],"level":1}]']])('%s is refused by name', async (_, text) => {
  await LlmCalibrations.none.write(file);
  writeFileSync(file, text);
  await expect(LlmCalibrations.read(file)).rejects.toMatchObject({ code: 'LABELER.BAD_CALIBRATION' });
});
