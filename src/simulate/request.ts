import type { Role } from '../team/team.ts';
import { below, type Place } from '../text/place.ts';
import { hasWord } from './conditions.ts';
import type { Stage } from './stage.ts';
import type { Job, Task } from './state.ts';
import type { World } from './world.ts';

/** A request comes in: somebody gets it. */
export function enter(stage: Stage): void {
  const { scenario } = stage.world;
  const { text, labels, at, to } = scenario.request;
  const found = receiverOf(stage.world);
  const job: Job = {
    id: 'request',
    text,
    labels,
    to: [],
    with: [],
    needs: [],
    gates: [],
    calls: [],
    effort: undefined,
    optional: false,
    source: 'request',
    ...(at.file === '' ? {} : { at }),
  };
  const index = stage.add(rootOf(job, found.role));
  stage.emit('requested', index, {
    role: found.role.id,
    text,
    because: found.why,
    at: to ? at : (entryPlace(stage.world) ?? found.role.at),
  });
  stage.later('arrive', index);
}

/** Where the team says who gets requests. */
function entryPlace({ team }: World): Place | undefined {
  return team.definition.entry === undefined ? undefined : below(team.at, 'entry');
}

function rootOf(job: Job, role: Role): Task {
  return {
    key: 'request',
    job,
    role,
    parent: -1,
    depth: 0,
    children: [],
    dependents: new Map(),
    open: 0,
    tries: 0,
    repeated: false,
    rounds: 0,
    modes: [],
    taint: [],
    flawed: false,
    tried: [],
    queuedAt: 0,
    beganAt: 0,
    waited: 0,
    worked: 0,
  };
}

/** Who gets the request: whom the scenario names, else the entry of the team; of several the one that the text fits best. A team without an entry lets every role compete. */
function receiverOf({ team, scenario, roles }: World): { readonly role: Role; readonly why: string } {
  const { to, text } = scenario.request;
  if (to) return { role: to, why: 'the scenario says so' };
  const [entry, ...more] = team.entries;
  if (entry && more.length === 0) return { role: entry, why: 'requests come in there' };
  const candidates = entry ? team.entries : roles;
  const score = (role: Role): number =>
    role.edges.flatMap(({ keywords }) => keywords).filter((word) => hasWord(text, word)).length * 2 +
    Object.keys(role.fields.expertise ?? {}).filter((skill) => hasWord(text, skill)).length;
  const best = candidates.reduce((found, role) => (score(role) > score(found) ? role : found));
  return {
    role: best,
    why: entry ? 'of the entries the request fits it best' : 'the team names no entry, and the request fits it best',
  };
}
