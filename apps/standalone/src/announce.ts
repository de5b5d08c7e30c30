import { type Settings } from '@math-labeler/service-kit';

/** Says that it is ready, where, and what to try. */
export function announce(address: string, { dataDir }: Settings): void {
  process.stdout.write(`
Math Labeler  ${address}

  문제 하나에 라벨 붙이기 · label a problem
    curl '${address}/api/problems?wait=10' -H 'content-type: application/json' -d '{"id":"1","content":"100 이하의 수를 읽고 쓰세요."}'

  API 문서 · API documentation   ${address}/api/docs
  데이터 폴더 · data folder       ${dataDir}
  멈추기 · stop                  Ctrl-C

`);
}

let told = -1;

/** On a terminal one line that changes, elsewhere a line for every tenth. */
export function sayTraining(share: number): void {
  const percent = Math.floor(100 * share);
  if (percent === told) return;
  if (process.stdout.isTTY) process.stdout.write(`\r모델을 학습합니다 (1분쯤) · training the model (about a minute)  ${String(percent).padStart(3)} %${percent === 100 ? '\n' : ''}`);
  else if (Math.floor(percent / 10) !== Math.floor(told / 10)) process.stdout.write(`모델을 학습합니다 · training the model: ${percent} %\n`);
  told = percent;
}
