import { given, pair, texts, when, who } from './bullets.ts';
import { type Bullet, detailsOf } from './prompt.ts';
import { alone, callsIn, listIn, type Named } from './words.ts';

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
  const deed = rest ?? bullet.text;
  return { id, data: Object.keys(more).length === 0 ? deed : { do: deed, ...more } };
}

function labels(text: string): unknown {
  return Object.fromEntries(
    text.split(/, (?=\S+ )/).map((one) => {
      const space = one.indexOf(' ');
      const value = one.slice(space + 1);
      try {
        return [one.slice(0, space), JSON.parse(value) as unknown];
      } catch {
        return [one.slice(0, space), value];
      }
    }),
  );
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
