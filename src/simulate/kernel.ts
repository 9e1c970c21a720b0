import type { Player } from './acts/act.ts';
import { approveCall, askCall, call, madeCall } from './acts/calls.ts';
import { answer, askPerson, climb, consult, person } from './acts/climbing.ts';
import { endBlocked, gate } from './acts/ending.ts';
import { approveEdge, arrive, askEdge, route } from './acts/hand-over.ts';
import { adviser, approveDeed, deed, makeDeed, turn, turnChoice } from './acts/turns.ts';
import { begin, effort, faultPlay, finish } from './acts/work.ts';
import { withoutFirst } from './agenda.ts';
import type { Choice, Pick } from './choice.ts';
import type { SimEvent } from './event.ts';
import { enter } from './request.ts';
import { Stage } from './stage.ts';
import type { ActKind, Over, State } from './state.ts';
import type { TurnChoice } from './turn.ts';
import { Vector } from './vector.ts';
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
  const station = { busy: 0, queue: [], turns: 0, booked: 0, worked: 0, tasks: 0, warned: 0 };
  let stations = new Vector<State['stations'] extends Vector<infer Station> ? Station : never>();
  for (const _ of world.roles) stations = stations.push(station);
  const empty: State = {
    now: 0,
    order: 0,
    steps: 0,
    tasks: new Vector(),
    keys: new Map(),
    agenda: undefined,
    stations,
    running: 0,
    held: [],
    told: new Set(),
    tokens: 0,
    cost: 0,
  };
  const stage = new Stage(world, empty, 0, undefined);
  enter(stage);
  return { state: stage.done(), events: stage.events };
}

/** What has to be chosen before the next step; nothing where it follows from the state, or where the run is over. */
export function choiceOf(world: World, state: State): Choice | undefined {
  const due = state.agenda?.due;
  if (!due || state.over) return undefined;
  return PLAYERS[due.act.kind].ask?.(stageOf(world, state), due.act);
}

/** The turn that a role has to take before the next step; nothing where none is due, or where a limit is reached. */
export function turnOf(world: World, state: State): TurnChoice | undefined {
  const due = state.agenda?.due;
  if (due?.act.kind !== 'turn' || state.over || limitOf(world, state, due.at)) return undefined;
  return turnChoice(stageOf(world, state), due.act);
}

/** Plays what is due next. Pure: the same state and pick give the same state and events. */
export function step(world: World, state: State, pick: Pick | undefined): Stepped {
  const stage = stageOf(world, state);
  const limit = limitOf(world, state, stage.now);
  if (limit) stage.over = limit;
  else {
    const { act } = state.agenda!.due;
    PLAYERS[act.kind].play(stage, act, pick);
  }
  return { state: stage.done(), events: stage.events };
}

function stageOf(world: World, state: State): Stage {
  const { due } = state.agenda!;
  return new Stage(world, state, due.at, withoutFirst(state.agenda!));
}

/** The limit that keeps a run from going on, if one is reached. */
function limitOf({ limits, roles }: World, state: State, now: number): Over | undefined {
  const reached = (limit: string, value: number, most: number | undefined): Over | undefined =>
    most !== undefined && value > most ? { kind: 'limit', limit, value: most } : undefined;
  const turns =
    limits.turns === undefined ? 0 : roles.reduce((most, _, at) => Math.max(most, state.stations.at(at).turns), 0);
  return (
    reached('wall', now, limits.wall) ??
    reached('steps', state.steps + 1, limits.steps) ??
    reached('cost', state.cost, limits.cost) ??
    reached('tokens', state.tokens, limits.tokens) ??
    reached('turns', turns, limits.turns)
  );
}
