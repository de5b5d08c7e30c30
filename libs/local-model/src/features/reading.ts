import { type ProblemText, splitBody, type Token, tokenise } from '@math-labeler/problem-text';
import { squeeze } from './character-grams.js';
import { type Cue, cuesIn } from './cue-words.js';
import { maskNumbers } from './number-mask.js';
import { countableText, fillHiddenDigits, numberSignature, type NumberSignature } from './number-signature.js';
import { sequenceFeatures } from './sequences.js';

/** What several blocks need to know of one problem, each worked out once, when it is first asked for. */
export class Reading {
  private readonly tokensByText = new Map<string, readonly Token[]>();
  private readonly signatures = new Map<string, NumberSignature>();
  private readonly cuesByText = new Map<string, ReadonlySet<Cue>>();
  private readonly sequencesByText = new Map<string, readonly string[]>();
  private typed?: string;

  constructor(readonly problem: ProblemText) {}

  /** The text with numbers as type marks, lower case, without spaces. */
  get squeezedTypes(): string {
    return (this.typed ??= squeeze(maskNumbers(this.problem.text, this.problem.tokens)));
  }

  /** Which numbers the body works with; if none, those of the options or of the whole text. */
  get signature(): NumberSignature {
    const body = this.signatureOf(this.problem.body);
    return body.kinds === 'none' ? this.signatureOf(this.problem.options || this.problem.text) : body;
  }

  /** The cue words of the body. */
  get cues(): ReadonlySet<Cue> {
    return this.cuesIn(this.problem.body);
  }

  /** Features of the sequences of the whole text, hidden digits filled. */
  get sequences(): readonly string[] {
    return this.sequencesIn(fillHiddenDigits(this.problem.text));
  }

  /** The body when figures never count, not even if they are all there is. */
  get plainBody(): string {
    return this.problem.prose === this.problem.withoutFigures ? this.problem.body : splitBody(this.problem.withoutFigures).body;
  }

  tokensOf(text: string): readonly Token[] {
    return text === this.problem.text ? this.problem.tokens : remember(this.tokensByText, text, tokenise);
  }

  signatureOf(text: string): NumberSignature {
    return remember(this.signatures, text, (unread) => numberSignature(this.tokensOf(countableText(unread))));
  }

  cuesIn(text: string): ReadonlySet<Cue> {
    return remember(this.cuesByText, text, cuesIn);
  }

  sequencesIn(text: string): readonly string[] {
    return remember(this.sequencesByText, text, sequenceFeatures);
  }
}

function remember<V>(known: Map<string, V>, text: string, read: (text: string) => V): V {
  let value = known.get(text);
  if (value === undefined) {
    value = read(text);
    known.set(text, value);
  }
  return value;
}
