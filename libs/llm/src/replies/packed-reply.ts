import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Reply, type ReplyToken } from '../language-model.js';

/** Up to this many characters JSON stays readable; deflated it would hardly be shorter. */
const READABLE = 1024;
/** Log probabilities are kept in steps of a ten thousandth: a probability is then right to 0.005 %, in a quarter of the digits. */
const STEPS = 10_000;
/** Alternatives that are rarer than one in ten thousand are most of a reply, and decide nothing. */
const RAREST = Math.log(1 / 10_000);
/** Half the size of a packed reply is not worth three times the time. */
const DEFLATION = { level: 3 } as const;

type PackedToken = readonly [text: string, steps: number | null, ...top: (string | number)[]];

interface Packed extends Omit<Reply, 'tokens'> {
  readonly tokens?: readonly PackedToken[];
}

/**
 * A reply as text without lone surrogates and U+0000. All comes back as it was, but for log probabilities, which are rounded to four decimals, and alternatives
 * to a token that are rarer than one in ten thousand, which are left out. Packed once more, what comes back is the same.
 */
export function packReply({ tokens, ...reply }: Reply): string {
  const packed: Packed = tokens === undefined ? reply : { ...reply, tokens: tokens.map(packToken) };
  const json = JSON.stringify(packed);
  return json.length <= READABLE ? json : deflateRawSync(json, DEFLATION).toString('base64');
}

export function unpackReply(text: string): Reply {
  const json = text.startsWith('{') ? text : inflateRawSync(Buffer.from(text, 'base64')).toString();
  const { tokens, ...reply } = JSON.parse(json) as Packed;
  return tokens === undefined ? reply : { ...reply, tokens: tokens.map(unpackToken) };
}

function packToken({ text, logprob, top }: ReplyToken): PackedToken {
  return [text, stepsOf(logprob), ...top.filter((one) => one.logprob >= RAREST).flatMap((one) => [one.text, stepsOf(one.logprob)!])];
}

function unpackToken([text, steps, ...top]: PackedToken): ReplyToken {
  const pairs = Array.from({ length: top.length / 2 }, (_, i) => ({ text: top[2 * i] as string, logprob: (top[2 * i + 1] as number) / STEPS }));
  return { text, logprob: steps === null ? Number.NEGATIVE_INFINITY : steps / STEPS, top: pairs };
}

/** JSON has no infinity: null is what cannot have been said at all. */
function stepsOf(logprob: number): number | null {
  return Number.isFinite(logprob) ? Math.round(logprob * STEPS) : null;
}
