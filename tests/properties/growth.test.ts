/**
 * Long texts of few signs over and over to every place where teamc reads what others wrote: whoever walks back in a text,
 * or copies what was found before, is found by them. A small run by default; `TEAMC_SOAK` tries as many times more.
 */
import { expect, test } from 'vitest';
import { Dice } from '../dice.ts';
import { READERS } from './readers/all.ts';
import { costOf, read } from './readers/cost.ts';
import { monotonous } from './readers/inputs.ts';

const SOAK = Number(process.env['TEAMC_SOAK'] ?? 1);
const SEED = Number(process.env['TEAMC_SEED'] ?? 1);
const ONLY = process.env['TEAMC_READERS'] ?? '';

/** How long the texts are, in UTF-16 units, and how long one may take, in milliseconds. */
const LENGTH = 30_000;
const LIMIT = 1_000;

/** Texts for each unit of `TEAMC_SOAK`. */
const TEXTS = 5;

const LONG = READERS.filter(({ name, short }) => !short && ONLY.split('|').some((part) => name.includes(part)));

test.each(LONG.map((reader, at) => [reader.name, reader, at] as const))(
  '%s: long texts of few signs take less than a second each',
  async (_, reader, number) => {
    const dice = new Dice(SEED * 1_000_003 + number);
    for (let count = 0; count < TEXTS * SOAK; count++) {
      const text = monotonous(dice, reader, LENGTH);
      if ((await read(reader, text, new Dice(count))) < LIMIT) continue;
      const lasted = await costOf(reader, text, new Dice(count));
      expect(lasted, `${count}: ${JSON.stringify(text.slice(0, 120))}`).toBeLessThan(LIMIT);
    }
  },
  60_000 + SOAK * 60_000,
);
