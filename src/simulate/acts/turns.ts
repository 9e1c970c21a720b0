import { attemptedBy } from '../attempted.ts';
import { between, oneOf, whether } from '../choice.ts';
import { whenThere } from '../clock.ts';
import type { Key } from '../key.ts';
import type { Stage } from '../stage.ts';
import type { Act } from '../state.ts';
import type { Deed, Turn, TurnChoice } from '../turn.ts';
import { backAt, behaviourOf } from '../world.ts';
import type { Player } from './act.ts';
import { briefOf } from './brief.ts';
import { callDeed, delegateDeed, escalateDeed, madeDeed, reviewDeed } from './deeds.ts';
import { endTalk, finish, forbid, hear, setTalk, talkOf } from './talk.ts';

/** The turns that a role has for a task when nobody says how many. */
const MOST_TURNS = 24;

function turnsLeft(stage: Stage, index: number): number {
  const { role } = stage.task(index);
  return (role!.fields['max-turns'] ?? MOST_TURNS) - talkOf(stage, index).turns;
}

/** What a role has to decide: its task, and what it heard since its last turn. */
export function turnChoice(stage: Stage, { task: index }: Act): TurnChoice | undefined {
  if (turnsLeft(stage, index) <= 0) return undefined;
  const { key, role, owner } = stage.task(index);
  const { turns, heard } = talkOf(stage, index);
  const brief = turns === 0 ? [{ deed: -1, ok: true, text: briefOf(stage, index) }] : [];
  return {
    key: `task:${key}/turn:${turns + 1}`,
    task: key,
    role: role!.id,
    ...(owner ? { by: owner.id } : {}),
    heard: [...brief, ...[...heard].sort((a, b) => a.deed - b.deed)],
  };
}

/** A role takes a turn: its deeds follow when it has thought about them. */
export const turn: Player = {
  play(stage, { task: index }, pick) {
    const { role, worked } = stage.task(index);
    if (turnsLeft(stage, index) <= 0) {
      const { turns } = talkOf(stage, index);
      endTalk(stage, index, 'failed', `${role!.id} has no turn left after ${turns}`, 'turn-limit');
      return;
    }
    const taken = pick as Turn;
    stage.bill(role!, taken);
    const { turns } = talkOf(stage, index);
    stage.set(index, { worked: worked + taken.took, tries: 1 });
    setTalk(stage, index, { turns: turns + 1, heard: [], last: taken, open: taken.does.length });
    if (taken.halts) stage.end({ kind: 'limit', ...taken.halts });
    else stage.later('deed', index, stage.now + taken.took);
  },
};

/** Begins the keys of choices about a deed. */
function deedKey(stage: Stage, { task: index, part }: Act): Key {
  return stage.task(index).name.key.plus(`/turn:${talkOf(stage, index).turns}/deed:${part}`);
}

function deedOf(stage: Stage, { task, part }: Act): Deed | undefined {
  return talkOf(stage, task).last?.does[part];
}

/** The deeds of a turn, one after the other; a turn without any is the end of the talk, or asks for more. */
export const deed: Player = {
  ask(stage, act) {
    const found = deedOf(stage, act);
    const person = found && askedBy(stage, act.task, found);
    return person === undefined
      ? undefined
      : between(deedKey(stage, act).plus('/answers-in'), behaviourOf(stage.world, { id: person }).answersIn);
  },
  play(stage, act, pick) {
    const { task: index, part } = act;
    const { last } = talkOf(stage, index);
    const found = deedOf(stage, act);
    if (stage.task(index).end !== undefined) return;
    if (!found) {
      if (part === 0) silent(stage, index, last!);
      return;
    }
    const wait = pick === undefined ? undefined : Number(pick);
    if (found.kind === 'delegate') delegateDeed(stage, index, part, found);
    else if (found.kind === 'escalate') escalateDeed(stage, index, part, found, (id) => answersAt(stage, id, wait));
    else if (found.kind === 'call') callDeed(stage, index, part, found, () => answersAt(stage, 'user', wait));
    else if (found.kind === 'review') reviewDeed(stage, index, part, found);
    else if (found.kind === 'finish') finish(stage, index, part, found);
    else forbid(stage, index, part, { tool: found.tool, argument: '', because: found.because });
    if (part + 1 < last!.does.length) stage.later('deed', index, stage.now, part + 1);
  },
};

/** The person who has to answer before a deed is settled. */
function askedBy(stage: Stage, index: number, found: Deed): string | undefined {
  if (found.kind === 'escalate') return stage.world.team.people.has(found.to) ? found.to : undefined;
  if (found.kind !== 'call') return undefined;
  const { decision } = stage.world.rules.call(stage.task(index).role!, found.tool, found.argument);
  return decision === 'ask' ? 'user' : undefined;
}

function answersAt(stage: Stage, person: string, wait: number | undefined): number {
  const { answersIn, hours } = behaviourOf(stage.world, { id: person });
  return whenThere(backAt(stage.world, person, stage.now), hours) + (wait ?? answersIn[0]);
}

function silent(stage: Stage, index: number, { says, ends }: Turn): void {
  if (ends === 'declined') endTalk(stage, index, 'failed', says === '' ? 'it declines' : says, 'declined');
  else if (ends === 'cut' || says.trim() === '') {
    const what = ends === 'cut' ? 'Your answer was cut off; go on, in fewer words.' : 'You said nothing; go on.';
    hear(stage, index, { deed: -1, ok: true, text: what });
  } else finish(stage, index, -1, { kind: 'finish', ok: true, text: says });
}

/** A person says whether a call may be made. */
export const approveDeed: Player = {
  ask: (stage, act) =>
    whether(deedKey(stage, act).plus('/approval'), 1 - behaviourOf(stage.world, { id: 'user' }).approves),
  play(stage, act, pick) {
    const { task: index, part } = act;
    const { tool, argument } = deedOf(stage, act) as Extract<Deed, { kind: 'call' }>;
    const { approves } = behaviourOf(stage.world, { id: 'user' });
    if (pick === undefined ? approves <= 0 : pick === 'yes')
      forbid(stage, index, part, { by: 'user', tool, argument, decision: 'ask', because: 'the user says no' });
    else {
      const role = stage.task(index).role!.id;
      stage.emit('approved', index, () => ({ by: 'user', role, tool, argument }));
      stage.later('make-deed', index, stage.now, part);
    }
  },
};

/** A call that may be made is made, and answered by a stub. */
export const makeDeed: Player = {
  ask(stage, act) {
    const found = deedOf(stage, act) as Extract<Deed, { kind: 'call' }>;
    const { options } = attemptedBy(stage.world, stage.task(act.task).role!, found);
    return options.length === 0 ? undefined : oneOf(deedKey(stage, act).plus('/answer'), options);
  },
  play(stage, act, pick) {
    const found = deedOf(stage, act) as Extract<Deed, { kind: 'call' }>;
    madeDeed(stage, act.task, act.part, found, pick === undefined ? undefined : String(pick));
  },
};

/** A person to whom a role turned answers. */
export const adviser: Player = {
  ask(stage, act) {
    const { to } = deedOf(stage, act) as Extract<Deed, { kind: 'escalate' }>;
    return whether(deedKey(stage, act).plus('/decision'), 1 - behaviourOf(stage.world, { id: to }).approves);
  },
  play(stage, act, pick) {
    const { to } = deedOf(stage, act) as Extract<Deed, { kind: 'escalate' }>;
    const { approves } = behaviourOf(stage.world, { id: to });
    const refuses = pick === undefined ? approves <= 0 : pick === 'yes';
    const text = refuses ? 'No.' : 'Yes, go on as you propose.';
    const role = stage.task(act.task).role!.id;
    stage.emit('answered', act.task, () => ({ by: to, role, text }));
    hear(stage, act.task, { deed: act.part, ok: !refuses, text: `${to} answers: ${text}` });
  },
};
