import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeWhole } from '@math-labeler/storage';
import { Command, Option } from 'commander';
import { EXIT, type ExitCode } from '../exit-code.js';
import { presentKnowledge } from '../knowledge/present-knowledge.js';
import { wordsIn } from '../language.js';
import { trainModel } from '../open-labeler.js';
import { modelFile } from '../paths.js';
import { type Session, tell } from '../session.js';

export function trainCommand(session: Session, onDone: (code: ExitCode) => void): Command {
  const words = wordsIn(session.language);
  return new Command('train')
    .description(words('딸려 온 문제와 가져온 문제로 모델을 다시 학습해 저장합니다', 'train the model anew, from the shipped problems and the imported ones, and save it'))
    .addOption(new Option('--json', words('보고를 JSON으로', 'report as JSON')).default(false))
    .action(async ({ json }: { json: boolean }) => onDone(await train(session, json)));
}

async function train(session: Session, json: boolean): Promise<ExitCode> {
  const knowledge = await presentKnowledge(session);
  const file = modelFile(session.env);
  // A folder that cannot be had is better known before a minute's work.
  await mkdir(dirname(file), { recursive: true });
  const { artefact, report, bytes } = await trainModel(session, knowledge);
  await writeWhole(file, bytes);
  if (json) {
    session.stdout.write(`${JSON.stringify({ model: artefact.version, file, bytes: bytes.length, ...report, ...knowledge.fingerprints }, null, 2)}\n`);
    return EXIT.done;
  }
  tell(session, {
    ko: `저자 ${report.authors}명의 문제 ${report.problems}개로 ${report.seconds.toFixed(1)}초 동안 학습했습니다 (평가 문제와 겹치는 ${report.coincidences.length}개 제외).\n모델 ${artefact.version} → ${file} (${(bytes.length / 1e6).toFixed(1)} MB)`,
    en: `Trained on ${report.problems} problems by ${report.authors} authors in ${report.seconds.toFixed(1)} s (${report.coincidences.length} that coincide with the evaluation set left out).\nModel ${artefact.version} → ${file} (${(bytes.length / 1e6).toFixed(1)} MB)`,
  });
  return EXIT.done;
}
