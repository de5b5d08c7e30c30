import { type LanguageModel, type Question, type Reply } from './language-model.js';
import { type Timer } from './timer.js';

export const REPLY: Reply = { outcome: 'answered', text: '{}', usage: { input: 1, cachedInput: 0, output: 1, reasoning: 0 }, model: 'm' };

/** What comes of a call after so many ms: a reply, or an error. */
export interface Turn {
  readonly afterMs?: number;
  readonly error?: Error;
}

/** A model that does what it is told, call by call; the last turn holds for all that follow. */
export class ScriptedModel implements LanguageModel {
  readonly name = 'scripted';
  /** When each call began, by the timer, with the problem it was about. */
  readonly calls: { readonly at: number; readonly problem: string }[] = [];
  inFlight = 0;
  mostInFlight = 0;
  private turns: Turn[] = [{}];

  constructor(private readonly timer: Timer) {}

  script(...turns: readonly Turn[]): void {
    this.turns = [...turns];
  }

  async ask({ key }: Question, signal: AbortSignal): Promise<Reply> {
    const { afterMs = 0, error } = this.turns.length > 1 ? this.turns.shift()! : this.turns[0];
    this.calls.push({ at: this.timer.now(), problem: key.problem });
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    try {
      if (afterMs > 0) await this.wait(afterMs, signal);
      if (error !== undefined) throw error;
      return REPLY;
    } finally {
      this.inFlight -= 1;
    }
  }

  private wait(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.timer.after(ms, resolve);
      signal.addEventListener('abort', () => {
        cancel();
        reject(signal.reason as Error);
      });
    });
  }
}
