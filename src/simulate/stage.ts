import type { EventWord } from '../team/scenario.ts';
import type { Role } from '../team/team.ts';
import type { SimEvent } from './event.ts';
import type { Job } from './job.ts';
import type { Name } from './name.ts';
import type { ActKind, Over, State } from './state.ts';
import type { Station } from './station.ts';
import { Task } from './task.ts';
import type { Turn } from './turn.ts';
import { ASSUMED, type World } from './world.ts';

/** Who follows a run. What nobody listens to is not even put into words. */
export interface Listener {
  hears(type: EventWord): boolean;
  tell(event: SimEvent): void;
}

/** What can be said of an event besides its type, time and task. */
export type Details = Omit<SimEvent, 'type' | 't' | 'task' | 'taint'>;

const TURN = ASSUMED.tokensOfATurn.input + ASSUMED.tokensOfATurn.output;

/** A state that is played on in place, and those who follow it. Tasks that other states share are copied before they change. */
export class Stage {
  readonly world: World;
  readonly state: State;
  /** How many events there have been. */
  count = 0;
  readonly #listener: Listener;
  /** The names of this stage, once it has added some. */
  #ownNames: Set<Name> | undefined;

  constructor(world: World, state: State, listener: Listener) {
    this.world = world;
    this.state = state;
    this.#listener = listener;
  }

  get now(): number {
    return this.state.now;
  }

  /** A task to look at. */
  task(index: number): Readonly<Task> {
    return this.state.tasks[index]!;
  }

  /** A task to change. */
  change(index: number): Task {
    const { tasks, edition } = this.state;
    const task = tasks[index]!;
    if (task.edition === edition) return task;
    const own = task.copy(edition);
    tasks[index] = own;
    return own;
  }

  /** Changes several fields of a task at once. */
  set(index: number, change: Partial<Task>): void {
    Object.assign(this.change(index), change);
  }

  /** The task goes on as if nothing had failed. */
  calm(index: number): void {
    this.change(index).climb = undefined;
  }

  /** Gives a task to a role. */
  assign(index: number, role: Role): void {
    const task = this.change(index);
    task.role = role;
    task.line = this.#lineAbove(task).down(role);
  }

  /** Takes a task back from the role that was to have it, and remembers that it was not to be. */
  unassign(index: number): void {
    const task = this.change(index);
    if (task.role) task.tried = [...task.tried, task.role.id];
    task.role = undefined;
    task.line = this.#lineAbove(task);
  }

  #lineAbove({ parent }: Task): Task['line'] {
    return parent === -1 ? this.world.top : this.task(parent).line;
  }

  /** Adds a task that nobody has yet. */
  add(name: Name, job: Job, parent = -1): Task {
    const { tasks, edition } = this.state;
    const line = parent === -1 ? this.world.top : this.task(parent).line;
    const task = new Task(
      edition,
      this.#freed(name),
      job,
      line,
      parent,
      parent === -1 ? undefined : this.task(parent).role,
    );
    tasks.push(task);
    return task;
  }

  /** Of two tasks with one name the later gets a number. */
  #freed(name: Name): Name {
    const { state } = this;
    let free = name;
    for (let count = 2; state.names.has(free); count++) free = name.numbered(count);
    this.#ownNames ??= new Set(state.names);
    state.names = this.#ownNames.add(free);
    return free;
  }

  /** A role's work to look at. */
  station(role: Role): Readonly<Station> {
    return this.state.stations[this.world.postOf(role).position]!;
  }

  /** A role's work to change. */
  changeStation(role: Role): Station {
    const { stations, edition } = this.state;
    const { position } = this.world.postOf(role);
    const station = stations[position]!;
    if (station.edition === edition) return station;
    const own = station.copy(edition);
    stations[position] = own;
    return own;
  }

  /** Remembers, or forgets, that something was told. */
  tell(key: string, told: boolean): void {
    const kept = this.state.told.filter((each) => each !== key);
    this.state.told = told ? [...kept, key] : kept;
  }

  /** Counts turns of a role, with their tokens and what they cost. */
  spend(role: Role, turns: number): void {
    if (this.world.turns) return;
    this.#count(role, turns, turns * TURN, turns * this.world.postOf(role).turnCost);
  }

  /** Counts a turn that a role took itself, with what it really used. */
  bill(role: Role, { took, tokens, cost }: Turn): void {
    this.#count(role, 1, tokens, cost);
    this.changeStation(role).worked += took;
  }

  #count(role: Role, turns: number, tokens: number, cost: number): void {
    const { state } = this;
    const station = this.changeStation(role);
    station.turns += turns;
    if (station.turns > state.turns) state.turns = station.turns;
    state.tokens += tokens;
    state.cost += cost;
  }

  /** Notes what is due now, or at a later time. */
  later(kind: ActKind, task: number, at = this.now, part = 0): void {
    const { state } = this;
    state.agenda.add({ at: Math.max(at, state.now), order: state.order++, kind, task, part });
  }

  /** Ends the run. */
  end(over: Over): void {
    this.state.over = over;
  }

  /** Tells that something happens to a task; the details are only asked for if somebody listens. */
  emit(type: EventWord, index: number, details: () => Details): void {
    this.count++;
    if (!this.#listener.hears(type)) return;
    const { key, taint } = this.task(index);
    const event = { type, t: this.now, task: key, ...details() };
    this.#listener.tell(taint.length > 0 ? { ...event, taint } : event);
  }
}
