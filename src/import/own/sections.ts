import { given, ownDetails, pair, texts, unticked, when, who } from './bullets.ts';
import { delegation, edges, handoff, ladder } from './edges.ts';
import { type Bullet, detailsOf, type OwnSection } from './prompt.ts';
import { examples, playbooks, steps } from './steps.ts';
import { alone, callsIn, listIn, type Named, quantity, quotedAt, unquoted } from './words.ts';

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
  ['Limited to', 'parts', (bullets) => bullets.map(({ text }) => unticked(text))],
  ['Do without', 'without', (bullets) => bullets.map(({ text }) => unticked(text))],
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

function owns(bullets: readonly Bullet[]): unknown {
  return bullets.map(({ text }) => {
    const [, path = text, only, about] = /^`([^`]*)`( \(only you edit it\))?(?:: (.*))?$/s.exec(text) ?? [];
    const more = { ...(only ? { exclusive: true } : {}), ...given('for', texts(about)) };
    return Object.keys(more).length === 0 ? path : { path, ...more };
  });
}

const BOUNDS =
  /^("(?:[^"\\]|\\.)*"|[^\s"]\S*(?<!:)) ((?:(?:at least|at most|above|below) \S+?(?: and (?=at |above |below ))?)+)(?:: (.*))?$/s;

function boundsIn(text: string): Record<string, unknown> {
  const found = [...text.matchAll(/(at least|at most|above|below) (\S+)/g)];
  return Object.fromEntries(found.map(([, name, value]) => [name!.replace(' ', '-'), quantity(value!)]));
}

function gates(bullets: readonly Bullet[]): unknown {
  const check = (text: string): unknown => {
    const whole = quotedAt(text);
    if (whole?.end === text.length) return whole.value;
    const [, metric, bounds, about] = BOUNDS.exec(text) ?? [];
    return metric === undefined
      ? text
      : { metric: pair(metric)[0], ...boundsIn(bounds!), ...given('for', texts(about)) };
  };
  return Object.fromEntries(bullets.map(({ text, under }) => [text, under.map(check)]));
}

function decisions(bullets: readonly Bullet[]): unknown {
  return bullets.map((bullet) => {
    const { cases, choose } = decisionIn(bullet.text);
    return { ...given('for', cases), choose, ...given('because', detailsOf(bullet).get('Because')) };
  });
}

/** The cases before a colon, and what is chosen in them. */
function decisionIn(text: string): { readonly cases?: unknown; readonly choose: string } {
  const cases: string[] = [];
  for (let at = 0; at < text.length; ) {
    const quoted = quotedAt(text, at);
    const end = quoted?.end ?? at + Math.max(0, text.slice(at).search(/, |: |$/));
    cases.push(quoted?.value ?? text.slice(at, end));
    if (text.startsWith(': ', end)) return { cases: alone(cases), choose: text.slice(end + 2) };
    at = text.startsWith(', ', end) ? end + 2 : text.length;
  }
  const whole = quotedAt(text);
  return { choose: whole?.end === text.length ? whole.value : text };
}

function metrics(bullets: readonly Bullet[]): unknown {
  return Object.fromEntries(
    bullets.map(({ text }) => {
      const [, name, bounds, about] = BOUNDS.exec(text) ?? [];
      return name === undefined ? pair(text) : [pair(name)[0], { ...boundsIn(bounds!), ...given('for', texts(about)) }];
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
          ...given('fields', fieldsIn(details.get('Fields') ?? '')),
          ...given('template', template === undefined ? undefined : (unquoted(template) ?? template)),
        },
      ];
    }),
  );
}

const FIELD = /"(?:[^"\\]|\\.)*"|(?:[^"(),]|,(?! ))(?:[^(),]|,(?! ))*/y;
const WORD = /"(?:[^"\\]|\\.)*"|(?:[^"(),]|,(?! ))(?:[^(),]|,(?! )|\([^()]*\))*/y;

/** Fields with their words: `status (open, "done (late)"), note ()`; nothing where there are none. */
function fieldsIn(text: string): Readonly<Record<string, unknown>> | undefined {
  const fields: [string, unknown][] = [];
  let at = 0;
  while (at < text.length) {
    const field = wordAt(FIELD, text, at);
    if (!field || !text.startsWith('(', field.end)) break;
    const words: string[] = [];
    at = field.end + 1;
    for (let word = wordAt(WORD, text, at); word; word = wordAt(WORD, text, at)) {
      words.push(word.text);
      at = text.startsWith(', ', word.end) ? word.end + 2 : word.end;
    }
    if (text[at] !== ')') break;
    fields.push([field.text, alone(words)]);
    at += text.startsWith('), ', at) ? 3 : 1;
  }
  return fields.length > 0 ? Object.fromEntries(fields) : undefined;
}

/** The word that begins at an offset, read as JSON where it stands in quotes, and where it ends with the blank behind it. */
function wordAt(kind: RegExp, text: string, at: number): { readonly text: string; readonly end: number } | undefined {
  kind.lastIndex = at;
  const written = kind.exec(text)?.[0];
  if (written === undefined) return undefined;
  const end = at + written.length;
  if (!written.startsWith('"')) return { text: written.trim(), end };
  return { text: unquoted(written) ?? written, end: text[end] === ' ' ? end + 1 : end };
}
