import { given, ownDetails, pair, texts, unticked, when, who } from './bullets.ts';
import { type Bullet, detailsOf } from './prompt.ts';
import { alone, anyIn, listIn, type Named, type Who, whoIn } from './words.ts';

/** Edges of any kind: each bullet names whom it leads to, then what for; its conditions stand under it. */
export function edges(bullets: readonly Bullet[], named: Named): unknown {
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

/** How a role must delegate. */
export function delegation(bullets: readonly Bullet[]): unknown {
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

/** What a hand-over must hold, may hold, and the values its fields may have. */
export function handoff(bullets: readonly Bullet[]): unknown {
  const isField = ({ text }: Bullet): boolean => !/^(?:Required|Optional): /.test(text);
  const details = ownDetails(bullets.filter((bullet) => !isField(bullet)));
  const fields = bullets.filter(isField).map(({ text }) => pair(text));
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

/** The team's ladder: who tries next when something fails, a step a bullet. */
export function ladder(bullets: readonly Bullet[], named: Named): unknown {
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
