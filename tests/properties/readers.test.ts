/**
 * Random texts straight to every place where teamc reads what others wrote. A reader answers, or refuses by an error that
 * is a sentence for people, within a second; it changes nothing that all programs share, and runs nothing that it reads.
 *
 * A run is small by default. `TEAMC_SOAK=50 npx vitest run tests/properties/readers.test.ts` tries a million texts; with
 * `TEAMC_SEED` a run begins elsewhere, and `TEAMC_READERS` names some readers by a part of their name. What fails is shown
 * with its text, which belongs into `readers/kept.ts` once it is understood.
 */
import { describe, expect, test } from 'vitest';
import { Dice } from '../dice.ts';
import { READERS } from './readers/all.ts';
import { costOf, read } from './readers/cost.ts';
import { input, MARKED } from './readers/inputs.ts';
import { KEPT } from './readers/kept.ts';
import type { Reader } from './readers/reader.ts';
import { shared } from './readers/shared.ts';

const SOAK = Number(process.env['TEAMC_SOAK'] ?? 1);
const SEED = Number(process.env['TEAMC_SEED'] ?? 1);
const ONLY = process.env['TEAMC_READERS'] ?? '';

/** The longest that one text may take, in milliseconds. */
const LIMIT = 1_000;

/** How many failures of a reader are told at once. */
const MOST_FAILURES = 5;

/** After how many texts everything that programs share is compared. */
const OFTEN = 250;

const TIMEOUT = 60_000 + SOAK * 60_000;

/** A number for a name, so that each reader gets other texts. */
function numberOf(name: string): number {
  let hash = 0;
  for (const char of name) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0;
  return hash;
}

/** What a text does at once to all objects of the program, where it is seen quickest. */
function unspoilt(): void {
  for (const key in {}) throw new Error(`Every object has got "${key}"`);
  if (MARKED in globalThis) throw new Error('Something that was read was run');
}

/** Reads the text of a number, and answers how long that took. Throws with the text where something is wrong. */
async function readText(reader: Reader, at: number): Promise<number> {
  const dice = new Dice(numberOf(reader.name) + SEED * 1_000_003 + at);
  const text = input(dice, reader);
  try {
    let lasted = await read(reader, text, dice);
    // Whatever else the machine does must not count, nor that the first one pays for compiling teamc.
    if (lasted > LIMIT) lasted = await costOf(reader, text, dice);
    if (lasted > LIMIT) throw new Error(`It took ${Math.round(lasted)} ms`);
    unspoilt();
    return lasted;
  } catch (error) {
    throw new Error(`Text ${at} of seed ${SEED}: ${JSON.stringify(text)}`, { cause: error });
  }
}

/** What came of many texts: those that failed, and which one took longest, in milliseconds. */
interface Outcome {
  readonly failures: Error[];
  lasted: number;
  at: number;
}

async function readMany(reader: Reader, count: number): Promise<Outcome> {
  const before = shared();
  const outcome: Outcome = { failures: [], lasted: 0, at: -1 };
  for (let at = 0; at < count && outcome.failures.length < MOST_FAILURES; at++) {
    try {
      const lasted = await readText(reader, at);
      if (lasted > outcome.lasted) Object.assign(outcome, { lasted, at });
    } catch (error) {
      outcome.failures.push(error as Error);
    }
    if (at % OFTEN === 0) expect(shared()).toEqual(before);
  }
  expect(shared()).toEqual(before);
  return outcome;
}

describe.each(READERS.filter(({ name }) => ONLY.split('|').some((part) => name.includes(part))))('$name', (reader) => {
  const count = reader.share * SOAK;

  test(
    `${count} texts: answered, or refused in a sentence, in a second each`,
    async () => {
      const { failures, ...slowest } = await readMany(reader, count);
      const told = { reader: reader.name, texts: count, seed: SEED, ...slowest, failures: failures.length };
      if (process.env['TEAMC_SOAK']) process.stderr.write(`${JSON.stringify(told)}\n`);
      if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('\n\n'));
    },
    TIMEOUT,
  );

  const kept = KEPT[reader.name] ?? [];
  if (kept.length > 0)
    test(`${kept.length} texts that once were too much for it`, async () => {
      // A reader of several files takes another one by each seed.
      for (const text of kept)
        for (const seed of [1, 2, 3, 4]) {
          const lasted = await read(reader, text, new Dice(seed));
          if (lasted > LIMIT) expect(await costOf(reader, text, new Dice(seed))).toBeLessThan(LIMIT);
          unspoilt();
        }
    });
});

test('every text that is kept belongs to a reader', () => {
  const names = READERS.map(({ name }) => name);
  expect(Object.keys(KEPT).filter((name) => !names.includes(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});
