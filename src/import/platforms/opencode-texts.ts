import { posix } from 'node:path';
import type { Source } from '../../text/source.ts';

/** A place in opencode's settings where the text of a file is put in. */
export interface TextReference {
  /** As it is written: `{file:prompts/lead.md}`. */
  readonly written: string;
  /** The file, as the path of the settings is written. */
  readonly path: string;
  /** Where it stands in the text of the settings. */
  readonly offset: number;
}

/** Where opencode 1.18.34 puts the text of a file into its settings: paths begin at the folder of the settings. */
export function referencesIn({ path, text }: Source): readonly TextReference[] {
  return [...text.matchAll(/\{file:([^{}\n]{1,500})\}/g)]
    .filter(({ index }) => !/^\s*\/\//.test(text.slice(text.lastIndexOf('\n', index) + 1, index)))
    .map(({ 0: written, 1: name = '', index }) => ({
      written,
      path: /^[~/]/.test(name) ? name : posix.join(posix.dirname(path), name),
      offset: index,
    }));
}
