import { complaintIn, isFiltered, isTooLong, type Refusal } from './provider-errors.js';

/** What we would like to ask a server for, and can do without. */
export const WISHES = ['temperature', 'store', 'top logprobs', 'logprobs', 'max_completion_tokens', 'max_tokens', 'json schema', 'json object'] as const;
export type Wish = (typeof WISHES)[number];

/** Which fields of a request carry which wish, in the order in which they are given up where one complaint fits several. */
export type Fields = readonly (readonly [field: string, wish: Wish])[];

/** Servers that do not understand a request, or not all of it. */
const NOT_UNDERSTOOD = [400, 422, 501];
/** Names of fields that are words of the language too: in a sentence they count in quotes only. */
const WORDS = ['store', 'include'];

/** What one server understands, as far as it has told: each wish that it complains about is given up for good, and only once. */
export class Dialect {
  private readonly refused = new Set<Wish>();

  /** @param onDropped told of each wish that is given up, and why */
  constructor(
    private readonly fields: Fields,
    private readonly onDropped: (wish: Wish, complaint: string) => void = () => {},
  ) {}

  grants(wish: Wish): boolean {
    return !this.refused.has(wish);
  }

  /**
   * Learns from an answer to a request that was sent with these wishes.
   * @returns whether it makes sense to ask again at once, in other words
   */
  learn(refusal: Refusal, sent: ReadonlySet<Wish>): boolean {
    const wish = this.complainedAbout(refusal, sent);
    if (wish === undefined) return false;
    if (this.grants(wish)) {
      this.refused.add(wish);
      this.onDropped(wish, complaintIn(refusal).message);
    }
    return true;
  }

  private complainedAbout(refusal: Refusal, sent: ReadonlySet<Wish>): Wish | undefined {
    if (!NOT_UNDERSTOOD.includes(refusal.status) || isTooLong(refusal) || isFiltered(refusal)) return undefined;
    const { parameter, message } = complaintIn(refusal);
    const known = this.fields.filter(([, wish]) => sent.has(wish));
    const named = parameter === undefined ? undefined : known.find(([field]) => `${parameter}.`.startsWith(`${field}.`) || field.startsWith(`${parameter}.`));
    return (named ?? firstNamed(known, message))?.[1];
  }
}

/** The field that the message names first: `Unsupported parameter: 'max_tokens' … Use 'max_completion_tokens' instead.` */
function firstNamed(fields: Fields, message: string): Fields[number] | undefined {
  const places = fields.flatMap((entry) => {
    const name = entry[0].replace('.', '\\.');
    const at = message.search(WORDS.includes(name) ? new RegExp(`['"\`]${name}['"\`]`) : new RegExp(`(?<![\\w.])${name}(?!\\w)`, 'i'));
    return at < 0 ? [] : [{ at, entry }];
  });
  return places.sort((a, b) => a.at - b.at)[0]?.entry;
}
