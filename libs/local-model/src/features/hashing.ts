const FNV_OFFSET = 2166136261 | 0;
const FNV_PRIME = 16777619;

/** FNV-1a over 16-bit units: the state after one more unit. */
export function fold(state: number, unit: number): number {
  return Math.imul(state ^ unit, FNV_PRIME);
}

/** The state after all UTF-16 code units of a text. */
export function foldText(state: number, text: string): number {
  let next = state;
  for (let i = 0; i < text.length; i++) next = Math.imul(next ^ text.charCodeAt(i), FNV_PRIME);
  return next;
}

/** MurmurHash3's 32-bit finaliser: spreads what FNV leaves in the low bits. Unsigned. */
export function finish(state: number): number {
  let h = state ^ (state >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The state in which every feature of a block begins: the block's name and a separator. */
export function blockState(block: string): number {
  return foldText(FNV_OFFSET, `${block}\u0001`);
}

/** The 32-bit hash of a text: FNV-1a over its UTF-16 code units, then the finaliser. */
export function hashText(text: string): number {
  return finish(foldText(FNV_OFFSET, text));
}

/** Collects distinct hashes of one block after another in one buffer, in the order in which they first came. */
export class DistinctHashes {
  private slots = new Uint32Array(1 << 12);
  /** The round in which a slot was filled, so that a new round needs no clearing. */
  private rounds = new Uint32Array(1 << 12);
  private round = 0;
  private values = new Uint32Array(1 << 11);
  private size = 0;

  start(): void {
    this.round++;
    this.size = 0;
  }

  add(hash: number): void {
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    while (this.rounds[slot] === this.round) {
      if (this.slots[slot] === hash) return;
      slot = (slot + 1) & mask;
    }
    this.slots[slot] = hash;
    this.rounds[slot] = this.round;
    this.values[this.size++] = hash;
    if (this.size === this.values.length) this.grow();
  }

  take(): Uint32Array {
    return this.values.slice(0, this.size);
  }

  private grow(): void {
    const kept = this.take();
    this.slots = new Uint32Array(this.slots.length * 2);
    this.rounds = new Uint32Array(this.slots.length);
    this.values = new Uint32Array(kept.length * 2);
    this.round = 0;
    this.start();
    kept.forEach((hash) => this.add(hash));
  }
}
