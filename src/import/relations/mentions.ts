import type { Passage } from '../found.ts';
import type { Names } from './names.ts';
import { namesWithin } from './names-within.ts';
import type { Mention } from './relation.ts';
import type { WrittenName } from './written-name.ts';

const BY = { at: 'at', code: 'code', link: 'link' } as const;

/** The other agents that a text names, each once, with the place where it does so first. */
export function mentionsInText(source: string, passage: Passage, names: Names): Mention[] {
  const mentions = new Map<string, Mention>();
  for (const name of namesWithin(passage.text, 0, passage.text.length, names)) {
    const { resolution } = name;
    if ((resolution.kind !== 'exact' && resolution.kind !== 'inexact') || resolution.id === source) continue;
    const known = mentions.get(resolution.id);
    mentions.set(
      resolution.id,
      known
        ? { ...known, times: known.times + 1 }
        : {
            source,
            target: name.written,
            resolution,
            at: passage.place(name.start, name.end),
            by: markOf(name),
            times: 1,
          },
    );
  }
  return [...mentions.values()];
}

function markOf({ mark, written }: WrittenName): Mention['by'] {
  return mark in BY ? BY[mark as keyof typeof BY] : written.includes(' ') ? 'name' : 'id';
}
