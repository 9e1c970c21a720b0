import type { Fix } from '../diagnostic/diagnostic.ts';
import type { LoadedTeam } from '../team/read.ts';
import type { Place } from '../text/place.ts';
import type { Rule } from './rule.ts';
import type { Idle } from './suppress.ts';

/** An ignore that has nothing to ignore will hide the next mistake on its line, for a reason that was another's. */
export const unusedIgnore: Rule = {
  id: 'unused-ignore',
  summary: 'A comment ignores a rule that finds nothing there.',
  severity: 'warning',
  reading: true,
  closing: true,

  check({ loaded, idle, report }) {
    for (const found of idle())
      report({
        at: found.named.at,
        message: `${found.named.name} finds nothing here that could be ignored.`,
        help: 'Take it out, or move it to the line above the one that it is about.',
        fix: without(found, loaded),
      });
  },
};

/** Takes the comment out, or the name, where the comment names others too. A reason was written: a person should agree. */
function without({ ignore: { at, names }, named }: Idle, loaded: LoadedTeam): Fix {
  const others = names.filter(({ name }) => name !== named.name);
  const [first] = names;
  const last = names.at(-1);
  if (others.length === 0 || !first || !last)
    return {
      title: 'Take the comment out',
      safety: 'unsafe',
      edits: [{ at: { ...at, span: wholeLine(at, loaded) }, text: '' }],
    };
  const span = [first.at.span?.[0] ?? 0, last.at.span?.[1] ?? 0] as const;
  return {
    title: `Take "${named.name}" out`,
    safety: 'unsafe',
    edits: [{ at: { ...at, span }, text: others.map(({ name }) => name).join(', ') }],
  };
}

function wholeLine({ file, span: [start, end] = [0, 0] }: Place, { documents }: LoadedTeam): [number, number] {
  const text = documents.get(file)?.text ?? '';
  return [start, end + (/^\r?\n/.exec(text.slice(end, end + 2))?.[0].length ?? 0)];
}
