import type { SimEvent } from '../../simulate/event.ts';
import { visible } from '../visible.ts';
import type { PlayedRun } from './simulate-result.ts';
import { sentenceOf } from './simulate-sentence.ts';
import { timeText } from './simulate-time.ts';

/** The longest text that Mermaid draws unless its `maxTextSize` is raised. */
const LONGEST = 50_000;

/** A run as a Mermaid sequence diagram: who hands what to whom, who is asked, and where a failure climbs. */
export function simulateMermaid({ run, world }: PlayedRun): string {
  const named = new Set(
    run.events
      .flatMap(({ role, by, to }) => [by ?? '', role ?? '', ...(to ?? '').split(', ')])
      .filter((id) => id !== ''),
  );
  const known = ['user', ...[...named].filter((id) => id !== 'user')];
  const idOf = idsFor(known);
  const lines = run.events.flatMap((event) =>
    lineOf(event, idOf, (id) => world.team.roles.has(id) || world.team.people.has(id)),
  );
  const actors = known.map(
    (id) => `  ${world.team.people.has(id) ? 'actor' : 'participant'} ${idOf(id)} as ${text(id)}`,
  );
  const drawn = `${['sequenceDiagram', ...actors, ...lines].join('\n')}\n`;
  return drawn.length <= LONGEST
    ? drawn
    : `%% ${drawn.length} characters: Mermaid draws this only with a greater maxTextSize\n${drawn}`;
}

function lineOf(event: SimEvent, idOf: (id: string) => string, isActor: (id: string) => boolean): readonly string[] {
  const { type, role = 'user', by, t } = event;
  const to = event.to?.split(', ')[0];
  const label = `${timeText(t)} ${type === 'approved' && event.tool !== undefined ? `${text(event.tool)} ` : ''}`;
  if (type === 'requested') return [`  user->>${idOf(role)}: ${label}${text(event.text ?? '')}`];
  if (type === 'delegated')
    return [`  ${idOf(by ?? 'user')}->>${idOf(role)}: ${label}${text(`${event.task}: ${event.text ?? ''}`)}`];
  if (type === 'answered' || type === 'approved')
    return [`  ${idOf(by ?? 'user')}-->>${idOf(role)}: ${label}${text(sentenceOf(event).what)}`];
  if (type === 'asked' || (type === 'escalated' && to !== undefined && to !== role && isActor(to)))
    return [`  ${idOf(role)}-)${idOf(to ?? 'user')}: ${label}${text(sentenceOf(event).what)}`];
  return [`  Note over ${idOf(role)}: ${label}${text(sentenceOf(event).what)}`];
}

/** Words of Mermaid's that may stand where a name does. */
const WORDS =
  /^(?:activate|actor|alt|and|as|autonumber|box|break|create|critical|deactivate|destroy|else|end|left|link|links|loop|note|off|opt|option|over|par|par_over|participant|properties|details|rect|right|title|acctitle|accdescr)$/i;

/** A name for each that Mermaid takes and no other has: the own one where it is plain. */
function idsFor(ids: readonly string[]): (id: string) => string {
  const taken = new Map<string, string>();
  const used = new Set<string>();
  for (const [position, id] of ids.entries()) {
    const plain = id.replace(/[-/]/g, '_');
    const isPlain = /^[A-Za-z]\w*$/.test(plain) && !WORDS.test(plain) && !used.has(plain);
    const name = isPlain ? plain : `p${position}_`;
    taken.set(id, name);
    used.add(name);
  }
  return (id) => taken.get(id) ?? 'user';
}

/** Text that Mermaid takes as it is: what it would read as its own is written as an entity. */
function text(plain: string): string {
  return visible(plain.replace(/\s+/g, ' ')).replace(/[#;<>"{}%]/g, (character) => `#${character.charCodeAt(0)};`);
}
