import type { Player } from './acts/act.ts';
import { approveCall, askCall, call, madeCall } from './acts/calls.ts';
import { answer, askPerson, climb, consult, person } from './acts/climbing.ts';
import { endBlocked, gate } from './acts/ending.ts';
import { approveEdge, arrive, askEdge, route } from './acts/hand-over.ts';
import { adviser, approveDeed, deed, makeDeed, turn, turnChoice } from './acts/turns.ts';
import { begin, effort, faultPlay, finish } from './acts/work.ts';
import type { Choice, Pick } from './choice.ts';
import type { SimEvent } from './event.ts';
import { enter } from './request.ts';
import { Stage } from './stage.ts';
import { type ActKind, copyOf, emptyState, type Over, type State } from './state.ts';
import type { TurnChoice } from './turn.ts';
import type { World } from './world.ts';

const PLAYERS: Readonly<Record<ActKind, Player>> = {
  arrive,
  route,
  'ask-edge': askEdge,
  'approve-edge': approveEdge,
  begin,
  fault: faultPlay,
  call,
  'ask-call': askCall,
  'approve-call': approveCall,
  'make-call': madeCall,
  effort,
  finish,
  gate,
  climb,
  consult,
  answer,
  'ask-person': askPerson,
  person,
  'end-blocked': endBlocked,
  turn,
  deed,
  'approve-deed': approveDeed,
  'make-deed': makeDeed,
  advise: adviser,
};

/** What one step leads to. */
export interface Stepped {
  readonly state: State;
  readonly events: readonly SimEvent[];
}

/** The state in which a request has just come in. */
export function begun(world: World): Stepped {
  return heard(world, emptyState(world.roles.length), enter);
}

/** What has to be chosen before the next step; nothing where it follows from the state, or where the run is over. */
export function choiceOf(world: World, state: State): Choice | undefined {
  return choiceOn(new Stage(world, state, DEAF));
}

/** The turn that a role has to take before the next step; nothing where none is due, or where a limit is reached. */
export function turnOf(world: World, state: State): TurnChoice | undefined {
  const due = state.agenda.first;
  if (due?.kind !== 'turn' || state.over || limitOf(world, state, due.at)) return undefined;
  return turnChoice(new Stage(world, state, DEAF), due);
}

/** Plays what is due next. Pure: the same state and pick give the same state and events, and the old state stays. */
export function step(world: World, state: State, pick: Pick | undefined): Stepped {
  return heard(world, copyOf(state), (stage) => advance(stage, pick));
}

function heard(world: World, state: State, act: (stage: Stage) => void): Stepped {
  const events: SimEvent[] = [];
  act(new Stage(world, state, { hears: () => true, tell: (event) => events.push(event) }));
  return { state, events };
}

const DEAF = { hears: () => false, tell: () => {} };

/** What has to be chosen before a stage can go on. */
export function choiceOn(stage: Stage): Choice | undefined {
  const { agenda, over } = stage.state;
  const due = agenda.first;
  return due && !over ? PLAYERS[due.kind].ask?.(stage, due) : undefined;
}

/** Plays what is due next, in place; false where nothing is, or where a run is over. */
export function advance(stage: Stage, pick: Pick | undefined): boolean {
  const { state, world } = stage;
  if (state.over || !state.agenda.first) return false;
  const act = state.agenda.take();
  // What is due later than the run may last is never seen: the run ends with its time.
  state.now = Math.min(act.at, world.limits.wall);
  const limit = limitOf(world, state, act.at);
  state.steps++;
  if (limit) state.over = limit;
  else PLAYERS[act.kind].play(stage, act, pick);
  return true;
}

/** The limit that keeps a run from going on, if one is reached. */
function limitOf({ limits }: World, { steps, cost, tokens, turns }: State, now: number): Over | undefined {
  if (now > limits.wall) return stopped('wall', limits.wall);
  if (steps + 1 > limits.steps) return stopped('steps', limits.steps);
  if (limits.cost !== undefined && cost > limits.cost) return stopped('cost', limits.cost);
  if (limits.tokens !== undefined && tokens > limits.tokens) return stopped('tokens', limits.tokens);
  if (limits.turns !== undefined && turns > limits.turns) return stopped('turns', limits.turns);
  return undefined;
}

function stopped(limit: string, value: number): Over {
  return { kind: 'limit', limit, value };
}
