import { type BatchObserver, type BatchProgress, type BatchTally } from '@math-labeler/llm';
import { money } from '../cost/money.js';
import { type Session, tell } from '../session.js';

/** What a person hears while batches are under way, for which there may be a day. */
export class BatchNews implements BatchObserver {
  private isUnderWay = false;
  private last = '';
  private readonly troubles = new Set<string>();

  constructor(private readonly session: Session) {}

  readonly onFound = (batches: number, questions: number): void => {
    this.isUnderWay = true;
    tell(this.session, { ko: `전에 보낸 묶음 ${batches}개(질문 ${questions}개)를 이어서 기다립니다.`, en: `Going on with ${batches} batches (${questions} questions) that were handed over before.` });
  };

  readonly onSubmitted = (questions: number, estimate: number): void => {
    this.isUnderWay = true;
    const cost = estimate === 0 ? '' : ` (~${money(estimate)})`;
    tell(this.session, { ko: `질문 ${questions}개를 묶음으로 보냈습니다${cost}. 길면 하루 걸립니다. Ctrl-C로 나가도 묶음은 계속됩니다.`, en: `${questions} questions handed over as a batch${cost}; it may take a day. Ctrl-C leaves the batch going on.` });
  };

  readonly onProgress = ({ batches, questions, completed, failed, status }: BatchProgress): void => {
    const said = `${batches} ${completed} ${failed} ${status}`;
    if (said === this.last) return;
    this.last = said;
    tell(this.session, { ko: `묶음 ${batches}개: 질문 ${questions}개 가운데 답 ${completed}개, 실패 ${failed}개 (${status})`, en: `${batches} batches: ${completed} of ${questions} questions answered, ${failed} failed (${status})` });
  };

  readonly onTrouble = ({ message }: Error): void => {
    if (this.troubles.has(message)) return;
    this.troubles.add(message);
    tell(this.session, { ko: `제공자가 지금 답하지 않아 다시 묻습니다 (${message})`, en: `The provider does not answer just now and is asked again (${message})` });
  };

  readonly onLeft = (file: string, { message }: Error): void => {
    tell(this.session, { ko: `제공자에 있는 파일을 지우지 못했습니다: ${file} (${message})`, en: `A file at the provider could not be deleted: ${file} (${message})` });
  };

  /** What came of the batches that were waited for. */
  tellResult({ answered, failures }: BatchTally): void {
    this.isUnderWay = false;
    tell(this.session, { ko: `묶음으로 받은 답 ${answered}개`, en: `${answered} answers came in batches` });
    for (const { count, reason, message } of failures) tell(this.session, { ko: `답 없음 ${count}개: ${reason} ${message}`, en: `${count} without an answer: ${reason} ${message}` });
  }

  tellMissing(questions: number): void {
    if (questions === 0) return;
    tell(this.session, { ko: `질문 ${questions}개는 답이 없어 다른 판단만으로 라벨을 붙였습니다. 같은 명령을 다시 실행하면 그것만 다시 묻습니다.`, en: `${questions} questions have no answer, and their problems were labelled without; the same command asks only these again.` });
  }

  tellHowToGoOn(): void {
    if (!this.isUnderWay) return;
    tell(this.session, { ko: '보낸 묶음은 제공자 쪽에서 계속 처리됩니다. 같은 명령을 다시 실행하면 이어서 기다립니다. 두 번 보내지 않습니다.', en: 'The batch goes on at the provider. The same command goes on with it, and hands over nothing twice.' });
  }
}
