import { Option } from 'commander';
import { didYouMean } from '../text/did-you-mean.ts';
import { enumerate } from '../text/enumerate.ts';
import { Unusable } from './unusable.ts';

/** An option that takes one of a few words. Another word is refused in one sentence. */
export function choice(flags: string, description: string, words: readonly string[]): Option {
  const name = /--[\w-]+/.exec(flags)?.[0] ?? flags;
  return new Option(flags, description).choices(words).argParser((given: string) => {
    if (words.includes(given)) return given;
    throw new Unusable(`${name} can't be "${given}"; ${instead(given, words)}`);
  });
}

/** More words than these are no choice that anybody reads to its end. */
const MANY = 20;

/** What to write instead of a word that is not among some others: the end of a sentence. */
export function instead(given: string, words: readonly string[]): string {
  const meant = didYouMean(given, words);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  if (words.length > MANY) return `there are ${enumerate(words)}.`;
  return `choose ${words.slice(0, -1).join(', ')} or ${words.at(-1)}.`;
}
