import type { Choice, Mind, Pick } from '../choice.ts';

/**
 * Chance from a hash of seed, run and key. A choice draws the same number wherever it comes in the run, so that a local
 * change of the team leaves all other draws alone.
 */
export function seededMind(seed: string, run: number): Mind {
  const start = hashed(`${seed}\u0000${run}\u0000`, [0x9e3779b9, 0x243f6a88]);
  return { name: 'seeded', pick: (choice) => drawn(choice, uniform(choice.key, start)) };
}

function drawn(choice: Choice, chance: number): Pick {
  if (choice.kind === 'amount') return choice.least + Math.round(chance * (choice.most - choice.least));
  let passed = 0;
  for (const { name, share } of choice.options) {
    passed += share;
    if (chance < passed) return name;
  }
  return choice.options.findLast(({ share }) => share > 0)!.name;
}

type Lanes = readonly [number, number];

/** A number from 0 up to but not including 1, with 53 bits of the hash of a text. */
export function uniform(text: string, start: Lanes): number {
  const [high, low] = hashed(text, start);
  return (mixed(high ^ (low >>> 7)) * 0x200000 + (mixed(low ^ (high << 9)) >>> 11)) / 0x20000000000000;
}

/** Two lanes of 32 bits that take in one UTF-16 unit after the other, each with a multiplier of its own. */
function hashed(text: string, [first, second]: Lanes): Lanes {
  let a = first;
  let b = second;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x85ebca6b) ^ (a >>> 15);
    a ^= b >>> 13;
  }
  return [a, b];
}

/** The finalizer of MurmurHash3: every bit of the input moves every bit of the output. */
function mixed(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
