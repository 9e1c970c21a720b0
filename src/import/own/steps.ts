import { given, pair, texts, when, who } from './bullets.ts';
import { type Bullet, detailsOf } from './prompt.ts';
import { alone, callsIn, listIn, type Named, quotedAt } from './words.ts';

/** Steps: a map where they have names, else a list. */
export function steps(bullets: readonly Bullet[], named: Named): unknown {
  const read = bullets.map((bullet) => step(bullet, named));
  if (read.every(({ id }) => id === undefined)) return read.map(({ data }) => data);
  return Object.fromEntries(read.map(({ id, data }, index) => [id ?? `step-${index + 1}`, data]));
}

function step(bullet: Bullet, named: Named): { readonly id: string | undefined; readonly data: unknown } {
  const [, id, rest] = /^\*\*([^*]+)\*\*: (.*)$/s.exec(bullet.text) ?? [];
  const details = detailsOf(bullet);
  const list = (label: string): unknown => (details.has(label) ? alone(listIn(details.get(label)!)) : undefined);
  const effort = details.get('Effort')?.split(' to ');
  const more = {
    ...given('for', texts(details.get('Detail'))),
    ...given('to', who(details.get('By'), named)),
    ...given('with', who(details.get('With'), named)),
    ...given('needs', list('Needs')),
    ...given('when', when(details)),
    ...given('labels', details.has('Labels') ? labels(details.get('Labels')!) : undefined),
    ...given('gate', list('Gate')),
    ...given('calls', details.has('Calls') ? callsIn(details.get('Calls')!) : undefined),
    ...given('output', texts(details.get('Output'))),
    ...given('effort', effort && (effort.length === 1 ? effort[0] : effort)),
    ...(details.get('Optional') === 'yes' ? { optional: true } : {}),
  };
  const quoted = id === undefined ? quotedAt(bullet.text) : undefined;
  const deed = rest ?? (quoted?.end === bullet.text.length ? quoted.value : bullet.text);
  return { id, data: Object.keys(more).length === 0 ? deed : { do: deed, ...more } };
}

function labels(text: string): unknown {
  const found: [string, unknown][] = [];
  for (let at = 0; at < text.length; ) {
    const quoted = quotedAt(text, at);
    const from = quoted?.end ?? Math.max(at, text.indexOf(' ', at));
    const { value, end } = valueAt(text, from + 1);
    found.push([quoted?.value ?? text.slice(at, from), value]);
    at = end + 2;
  }
  return Object.fromEntries(found);
}

/** A value as JSON, or else a text up to the next comma. */
function valueAt(text: string, at: number): { readonly value: unknown; readonly end: number } {
  for (let end = at; end < text.length; ) {
    const comma = text.indexOf(', ', end + 1);
    end = comma === -1 ? text.length : comma;
    const value = parsed(text.slice(at, end));
    if (value !== undefined) return { value, end };
  }
  const comma = text.indexOf(', ', at);
  const end = comma === -1 ? text.length : comma;
  return { value: text.slice(at, end), end };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Bullets without a number are the heads, and those with one their steps. */
function grouped(bullets: readonly Bullet[]): readonly { readonly head: Bullet; readonly steps: readonly Bullet[] }[] {
  const groups: { head: Bullet; steps: Bullet[] }[] = [];
  for (const bullet of bullets) {
    const text = /^\d+\. (.*)$/s.exec(bullet.text)?.[1];
    if (text !== undefined && groups.length > 0) groups.at(-1)!.steps.push({ ...bullet, text });
    else groups.push({ head: bullet, steps: [] });
  }
  return groups;
}

/** Playbooks by name, each with its steps. */
export function playbooks(bullets: readonly Bullet[], named: Named): unknown {
  return Object.fromEntries(
    grouped(bullets).map(({ head, steps: own }) => {
      const [name, about] = pair(head.text);
      const more = { ...given('for', texts(about)), ...given('when', when(detailsOf(head))) };
      const read = steps(own, named);
      return [name, Object.keys(more).length === 0 && Array.isArray(read) ? read : { ...more, steps: read }];
    }),
  );
}

/** Requests as a user would make them, with the tasks that they lead to. */
export function examples(bullets: readonly Bullet[], named: Named): unknown {
  return grouped(bullets).map(({ head, steps: own }) => {
    const request = head.text.replace(/^“(.*)”$/s, '$1');
    return own.length === 0 ? request : { request, tasks: steps(own, named) };
  });
}
