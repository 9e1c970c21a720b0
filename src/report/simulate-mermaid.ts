import type { SimEvent } from '../simulate/event.ts';
import type { PlayedRun } from './simulate-result.ts';
import { sentenceOf } from './simulate-sentence.ts';
import { timeText } from './simulate-time.ts';

/** A run as a Mermaid sequence diagram: who hands what to whom, who is asked, and where a failure climbs. */
export function simulateMermaid({ run, world }: PlayedRun): string {
  const lines = run.events.flatMap((event) =>
    lineOf(event, (id) => world.team.roles.has(id) || world.team.people.has(id)),
  );
  const named = new Set(
    run.events
      .flatMap(({ role, by, to }) => [by ?? '', role ?? '', ...(to ?? '').split(', ')])
      .filter((id) => id !== ''),
  );
  const known = ['user', ...[...named].filter((id) => id !== 'user')];
  const actors = known.map(
    (id) => `  ${world.team.people.has(id) ? 'actor' : 'participant'} ${idOf(id)} as ${text(id)}`,
  );
  return `${['sequenceDiagram', ...actors, ...lines].join('\n')}\n`;
}

function lineOf(event: SimEvent, isActor: (id: string) => boolean): readonly string[] {
  const { type, role = 'user', by, t } = event;
  const to = event.to?.split(', ')[0];
  const label = `${timeText(t)} ${event.tool === undefined || type === 'called' ? '' : `${event.tool} `}`;
  if (type === 'requested') return [`  user->>${idOf(role)}: ${label}${text(event.text ?? '')}`];
  if (type === 'delegated')
    return [`  ${idOf(by ?? 'user')}->>${idOf(role)}: ${label}${text(`${event.task}: ${event.text ?? ''}`)}`];
  if (type === 'answered' || type === 'approved')
    return [`  ${idOf(by ?? 'user')}-->>${idOf(role)}: ${label}${text(sentenceOf(event).what)}`];
  if (type === 'asked' || (type === 'escalated' && to !== undefined && to !== role && isActor(to)))
    return [`  ${idOf(role)}-)${idOf(to ?? 'user')}: ${label}${text(sentenceOf(event).what)}`];
  return [`  Note over ${idOf(role)}: ${label}${text(sentenceOf(event).what)}`];
}

function idOf(id: string): string {
  return id === 'end' ? 'end_' : id.replace(/[^A-Za-z0-9_]/g, '_');
}

/** Text that Mermaid takes as it is: what it would read as its own is written as an entity. */
function text(plain: string): string {
  return plain.replace(/[\r\n]+/g, ' ').replace(/[#;<>"{}]/g, (character) => `#${character.charCodeAt(0)};`);
}
