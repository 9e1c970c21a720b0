import type { Choice, Mind, Pick } from '../choice.ts';
import { hashed, uniform } from '../hash.ts';

/**
 * Chance from a hash of seed, run and key. A choice draws the same number wherever it comes in the run, so that a local
 * change of the team leaves all other draws alone.
 */
export function seededMind(seed: string, run: number): Mind {
  const own = hashed(`${seed}\u0000${run}`);
  return { name: 'seeded', pick: (choice) => drawn(choice, uniform(choice.hash, own)) };
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
