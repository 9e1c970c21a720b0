import type { Role } from '../team/team.ts';
import { below, type Place } from '../text/place.ts';
import { hasWord } from './conditions.ts';
import type { Job } from './job.ts';
import { once } from './memo.ts';
import type { Stage } from './stage.ts';
import type { World } from './world.ts';

/** A request comes in: somebody gets it. */
export function enter(stage: Stage): void {
  const { world, state } = stage;
  const { role, why, job, at } = entranceOf(world);
  stage.add(world.request, job);
  stage.assign(0, role);
  state.steps++;
  stage.emit('requested', 0, () => ({ role: role.id, text: job.text, because: why, at }));
  stage.later('arrive', 0);
}

interface Entrance {
  readonly role: Role;
  readonly why: string;
  readonly job: Job;
  readonly at: Place;
}

/** Who gets the request and why, and what it is as a job: the same in all runs. */
const entranceOf = once((world: World): Entrance => {
  const { text, labels, at, to } = world.scenario.request;
  const { role, why } = receiverOf(world);
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
  return { role, why, job, at: to ? at : (entryPlace(world) ?? role.at) };
});

/** Where the team says who gets requests. */
function entryPlace({ team }: World): Place | undefined {
  return team.definition.entry === undefined ? undefined : below(team.at, 'entry');
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
