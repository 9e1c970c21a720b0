import { type Bullet, detailsOf, type OwnSection } from './prompt.ts';
import { alone, anyIn, callsIn, listIn, type Named, quantity, type Who, whenIn, whoIn, whoOf } from './words.ts';

type Read = (bullets: readonly Bullet[], named: Named) => unknown;

/** The titles of the sections, in the order of a prompt, with the field that each says and how it is read back. */
const SECTIONS: readonly (readonly [title: string, field: string, read: Read])[] = [
  ['Mission', 'mission', first],
  ['Level', 'level', first],
  ['Department', 'department', first],
  ['Categories', 'categories', inline],
  ['Tags', 'tags', inline],
  ['Version', 'version', first],
  ['Responsibilities', 'responsibilities', catalogue],
  ['Capabilities', 'capabilities', catalogue],
  ['Accepts', 'accepts', pairs],
  ['Expertise', 'expertise', pairs],
  ['Stack', 'stack', pairs],
  ['Limited to', 'parts', (bullets) => bullets.map(({ text }) => text.replace(/^`(.*)`$/s, '$1'))],
  ['Skills', 'skills', inline],
  ['MCP servers', 'mcp-servers', pairs],
  ['Reads', 'reads', reads],
  ['Workflow', 'workflow', (bullets, named) => steps(bullets, named)],
  ['Must', 'must', must],
  ['Must not', 'must-not', mustNot],
  ['Delegates to', 'delegates-to', edges],
  ['Delegation', 'delegation', delegation],
  ['Hand-off', 'handoff', handoff],
  ['Receives from', 'receives-from', edges],
  ['Escalates to', 'escalates-to', edges],
  ['When something fails', 'escalation', ladder],
  ['Reports to', 'reports-to', edges],
  ['Collaborates with', 'collaborates-with', edges],
  ['Owns', 'owns', owns],
  ['Quality gates', 'quality-gates', gates],
  ['Standards', 'standards', catalogue],
  ['Decisions', 'decisions', decisions],
  ['Priorities', 'priorities', (bullets) => alone(bullets.map(({ text }) => text))],
  ['Metrics', 'metrics', metrics],
  ['Capacity', 'capacity', capacity],
  ['Messages', 'messages', messages],
  ['Playbooks', 'playbooks', playbooks],
  ['Examples', 'examples', examples],
];

/** The titles of all sections but those of permissions, in their order. */
export const TITLES: readonly string[] = SECTIONS.map(([title]) => title);

/** The fields that sections say; `escalation` is the team's. Rules of permissions come in their order, tool by tool. */
export function fieldsOf(sections: readonly OwnSection[], named: Named): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  const permissions: unknown[] = [];
  for (const { title, bullets } of sections) {
    const tool = /^Permissions: (.+)$/.exec(title)?.[1];
    const section = SECTIONS.find(([name]) => name === title);
    if (tool !== undefined) permissions.push({ [tool]: bullets.map(rule) });
    else if (section) fields[section[1]] = section[2](bullets, named);
  }
  if (permissions.length > 0) fields['permissions'] = permissions;
  return fields;
}

function rule(bullet: Bullet): unknown {
  const [, decision = 'ask', pattern = '*'] = /^(allow|ask|deny) `(.*)`$/s.exec(bullet.text) ?? [];
  const details = detailsOf(bullet);
  return {
    [decision]: pattern,
    ...given('because', details.get('Because')),
    ...given('instead', unticked(details.get('Instead'))),
  };
}

function given(key: string, value: unknown): Record<string, unknown> {
  return value === undefined || value === '' ? {} : { [key]: value };
}

function unticked(text: string | undefined): string | undefined {
  return text?.replace(/^`(.*)`$/s, '$1');
}

function first(bullets: readonly Bullet[]): unknown {
  return bullets[0]?.text;
}

function inline(bullets: readonly Bullet[]): unknown {
  return listIn(bullets[0]?.text ?? '');
}

function catalogue(bullets: readonly Bullet[]): unknown {
  if (bullets.every(({ under }) => under.length === 0)) return alone(bullets.map(({ text }) => text));
  return Object.fromEntries(bullets.map(({ text, under }) => [text, alone(under)]));
}

/** `key: a, b` as a map of lists. */
function pairs(bullets: readonly Bullet[]): unknown {
  return Object.fromEntries(bullets.map(({ text }) => pair(text)).map(([key, value]) => [key, alone(listIn(value))]));
}

function pair(text: string): readonly [key: string, value: string] {
  const colon = text.indexOf(': ');
  return colon === -1 ? [text.replace(/:$/, ''), ''] : [text.slice(0, colon), text.slice(colon + 2)];
}

function texts(value: string | undefined): unknown {
  return value === undefined || value === '' ? undefined : alone(listIn(value, '; '));
}

function reads(bullets: readonly Bullet[]): unknown {
  return alone(
    bullets.map((bullet) => {
      const [, path = '', about] = /^`([^`]*)`(?:: (.*))?$/s.exec(bullet.text) ?? [];
      const details = detailsOf(bullet);
      const more = {
        ...given('for', texts(about)),
        ...given('when', when(details)),
        ...given('from', details.get('From')),
        ...given('section', details.get('Section')),
      };
      return Object.keys(more).length === 0 ? path : { path, ...more };
    }),
  );
}

function when(details: ReadonlyMap<string, string>): unknown {
  const text = details.get('When');
  return text === undefined ? undefined : whenIn(text);
}

function must(bullets: readonly Bullet[], named: Named): unknown {
  return bullets.map((bullet) => {
    const details = detailsOf(bullet);
    const before = details.get('Before');
    return {
      do: bullet.text,
      ...given('with', who(details.get('With'), named)),
      ...given('before', before?.startsWith('`') ? callsIn(before) : before),
      ...given('when', when(details)),
      ...given('because', details.get('Because')),
    };
  });
}

function who(text: string | undefined, named: Named): unknown {
  return text === undefined ? undefined : whoOf(text, named);
}

function mustNot(bullets: readonly Bullet[], named: Named): unknown {
  return bullets.map((bullet) => {
    const details = detailsOf(bullet);
    const calls = details.get('Calls');
    return {
      do: bullet.text,
      ...given('calls', calls === undefined ? undefined : callsIn(calls)),
      ...given('instead', who(details.get('Instead'), named)),
      ...given('because', details.get('Because')),
    };
  });
}

function edges(bullets: readonly Bullet[], named: Named): unknown {
  return bullets.map((bullet) => {
    const found = whoIn(bullet.text, named);
    // A name that leads nowhere stands there without marks.
    const colon = bullet.text.indexOf(': ');
    const plain = colon === -1 ? bullet.text.length : colon;
    const unknown = found.who.length === 0;
    const end = unknown ? plain : found.end;
    const target = unknown ? { role: bullet.text.slice(0, plain) } : targetOf(found.who);
    const rest = bullet.text.slice(end).replace(/^: /, '');
    const more = { ...given('for', texts(rest)), ...edgeDetails(bullet, named) };
    const { role } = target as { role?: unknown };
    return Object.keys(more).length === 0 && typeof role === 'string' ? role : { ...target, ...more };
  });
}

function targetOf(who: readonly Who[]): object {
  const [one] = who;
  if (who.length === 1 && typeof one === 'object') return one;
  const roles = who.filter((each) => typeof each === 'string');
  return { role: alone(roles), ...Object.assign({}, ...who.filter((each) => typeof each === 'object')) };
}

function edgeDetails(bullet: Bullet, named: Named): Record<string, unknown> {
  const details = detailsOf(bullet);
  const list = (label: string): unknown => {
    const text = details.get(label);
    return text === undefined ? undefined : alone(listIn(text));
  };
  const context = { ...given('include', list('Hand over')), ...given('exclude', list('Hold back')) };
  const approval = who(details.get('Approval'), named) as { person?: string } | undefined;
  const rounds = details.get('Rounds at most');
  return {
    ...given('when', when(details)),
    ...given('keywords', list('Keywords')),
    ...given('because', details.get('Because')),
    ...given('with', who(details.get('With'), named)),
    ...given('approval', approval?.person),
    ...given('max-rounds', rounds === undefined ? undefined : Number(rounds)),
    ...given('gate', list('Gate')),
    ...(Object.keys(context).length > 0 ? { context } : {}),
    ...given('direction', details.get('Direction')),
    ...given('sla', details.get('Answers within')),
    ...given('every', details.get('Every')),
    ...given('path', unticked(details.get('File'))),
    ...given('include', list('Holds')),
  };
}

/** Bullets that are `Label: text` themselves. */
function ownDetails(bullets: readonly Bullet[]): ReadonlyMap<string, string> {
  return detailsOf({ text: '', under: bullets.map(({ text }) => text) });
}

function delegation(bullets: readonly Bullet[]): unknown {
  const details = ownDetails(bullets);
  const yes = (label: string): boolean | undefined => (details.has(label) ? details.get(label) === 'yes' : undefined);
  const depth = details.get('Depth');
  return {
    ...given('mandatory', yes('Mandatory')),
    ...given('before', details.get('Before')),
    ...given('parallel', yes('In parallel')),
    ...given('depth', depth === undefined ? undefined : Number(depth)),
  };
}

function handoff(bullets: readonly Bullet[]): unknown {
  const details = ownDetails(bullets);
  const fields = [...details].filter(([label]) => label !== 'Required' && label !== 'Optional');
  const list = (label: string): unknown => (details.has(label) ? listIn(details.get(label)!) : undefined);
  return {
    ...given('required', list('Required')),
    ...given('optional', list('Optional')),
    ...(fields.length > 0
      ? { fields: Object.fromEntries(fields.map(([key, value]) => [key, alone(listIn(value))])) }
      : {}),
  };
}

const HANDLERS: readonly (readonly [words: string, by: string])[] = [
  ['Try again yourself', 'self'],
  ['Ask your peers', 'peers'],
  ['Hand it back', 'delegator'],
  ['Escalate', 'escalates-to'],
];

function ladder(bullets: readonly Bullet[], named: Named): unknown {
  return bullets.map((bullet) => {
    const details = detailsOf(bullet);
    const handler = HANDLERS.find(([words]) => bullet.text === words || bullet.text.endsWith(`: ${words}`));
    const [, name, person] = /^(?:(.*): )?(\S+) \(a person\)$/s.exec(bullet.text) ?? [];
    if (person !== undefined) named.people.add(person);
    const title = handler ? bullet.text.slice(0, -handler[0].length).replace(/: $/, '') : name;
    const retries = details.get('Retries');
    return {
      ...given('name', title),
      by: handler ? handler[1] : { person: person ?? 'user' },
      ...given('when', details.has('When') ? anyIn(details.get('When')!) : undefined),
      ...given('do', texts(details.get('Do'))),
      retries: retries === undefined ? 0 : Number(retries),
      ...given('timeout', details.get('Time')),
    };
  });
}

function owns(bullets: readonly Bullet[]): unknown {
  return bullets.map(({ text }) => {
    const [, path = text, only, about] = /^`([^`]*)`( \(only you edit it\))?(?:: (.*))?$/s.exec(text) ?? [];
    const more = { ...(only ? { exclusive: true } : {}), ...given('for', texts(about)) };
    return Object.keys(more).length === 0 ? path : { path, ...more };
  });
}

const BOUNDS = /^(\S+) ((?:(?:at least|at most|above|below) \S+?(?: and (?=at |above |below ))?)+)(?:: (.*))?$/s;

function boundsIn(text: string): Record<string, unknown> {
  const found = [...text.matchAll(/(at least|at most|above|below) (\S+)/g)];
  return Object.fromEntries(found.map(([, name, value]) => [name!.replace(' ', '-'), quantity(value!)]));
}

function gates(bullets: readonly Bullet[]): unknown {
  const check = (text: string): unknown => {
    const [, metric, bounds, about] = BOUNDS.exec(text) ?? [];
    return metric === undefined ? text : { metric, ...boundsIn(bounds!), ...given('for', texts(about)) };
  };
  return Object.fromEntries(bullets.map(({ text, under }) => [text, under.map(check)]));
}

function decisions(bullets: readonly Bullet[]): unknown {
  return bullets.map((bullet) => {
    const [about, choose] = pair(bullet.text);
    return { for: alone(listIn(about)), choose, ...given('because', detailsOf(bullet).get('Because')) };
  });
}

function metrics(bullets: readonly Bullet[]): unknown {
  return Object.fromEntries(
    bullets.map(({ text }) => {
      const [, name, bounds, about] = BOUNDS.exec(text) ?? [];
      return name === undefined ? pair(text) : [name, { ...boundsIn(bounds!), ...given('for', texts(about)) }];
    }),
  );
}

function capacity(bullets: readonly Bullet[]): unknown {
  const details = ownDetails(bullets);
  const number = (label: string): number | undefined => (details.has(label) ? Number(details.get(label)) : undefined);
  const utilization = details.get('Utilization');
  return {
    ...given('hours-per-day', number('Hours a day')),
    ...given('slots', number('Tasks at once')),
    ...given(
      'utilization',
      utilization === undefined ? undefined : Object.fromEntries(listIn(utilization).map((one) => one.split(' '))),
    ),
  };
}

function messages(bullets: readonly Bullet[], named: Named): unknown {
  return Object.fromEntries(
    bullets.map((bullet) => {
      const [name, about] = pair(bullet.text);
      const details = detailsOf(bullet);
      const list = (label: string): unknown => (details.has(label) ? listIn(details.get(label)!) : undefined);
      const fields = [...(details.get('Fields') ?? '').matchAll(/(?:^|, )([^(),][^()]*?) \(([^()]*)\)/g)];
      const template = details.get('Template');
      return [
        name,
        {
          ...given('for', texts(about)),
          ...given('to', who(details.get('To'), named)),
          ...given('when', when(details)),
          ...given('every', details.get('Every')),
          ...given('path', unticked(details.get('File'))),
          ...given('required', list('Required')),
          ...given('optional', list('Optional')),
          ...(fields.length > 0
            ? { fields: Object.fromEntries(fields.map(([, field, words]) => [field, alone(listIn(words!))])) }
            : {}),
          ...given('template', template === undefined ? undefined : JSON.parse(template)),
        },
      ];
    }),
  );
}

/** Steps: a map where they have names, else a list. */
function steps(bullets: readonly Bullet[], named: Named): unknown {
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

function playbooks(bullets: readonly Bullet[], named: Named): unknown {
  return Object.fromEntries(
    grouped(bullets).map(({ head, steps: own }) => {
      const [name, about] = pair(head.text);
      const more = { ...given('for', texts(about)), ...given('when', when(detailsOf(head))) };
      const read = steps(own, named);
      return [name, Object.keys(more).length === 0 && Array.isArray(read) ? read : { ...more, steps: read }];
    }),
  );
}

function examples(bullets: readonly Bullet[], named: Named): unknown {
  return grouped(bullets).map(({ head, steps: own }) => {
    const request = head.text.replace(/^“(.*)”$/s, '$1');
    return own.length === 0 ? request : { request, tasks: steps(own, named) };
  });
}
