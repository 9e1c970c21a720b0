/** Two lanes of 32 bits: the hash of a text. */
export interface Hash {
  readonly high: number;
  readonly low: number;
}

/** The hash of nothing. */
export const EMPTY: Hash = { high: 0x9e3779b9, low: 0x243f6a88 };

/** Goes on hashing: takes in one UTF-16 unit after the other, so that a text may come in pieces. */
export function hashed(text: string, { high, low }: Hash = EMPTY): Hash {
  let a = high;
  let b = low;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x85ebca6b) ^ (a >>> 15);
    a ^= b >>> 13;
  }
  return { high: a, low: b };
}

/** A number from 0 up to but not including 1, with 53 bits that depend on every bit of both hashes. */
export function uniform(one: Hash, other: Hash): number {
  const a = mixed(one.high ^ Math.imul(other.low, 0x9e3779b1));
  const b = mixed(one.low ^ other.high ^ a);
  const c = mixed(a ^ Math.imul(b, 0xcc9e2d51) ^ other.low);
  return (b * 0x200000 + (c >>> 11)) / 0x20000000000000;
}

/** The finalizer of MurmurHash3: every bit of the input moves every bit of the output. */
export function mixed(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
