import type { EventWord } from '../team/scenario.ts';
import type { Role } from '../team/team.ts';
import { type Agenda, noted } from './agenda.ts';
import type { SimEvent } from './event.ts';
import type { Act, ActKind, Over, State, Station, Task } from './state.ts';
import type { Turn } from './turn.ts';
import type { Vector } from './vector.ts';
import { ASSUMED, costOfTurn, type World } from './world.ts';

/** The next state while a step makes it, and the events that it brings. Nothing of the old state is changed. */
export class Stage {
  readonly world: World;
  readonly events: SimEvent[] = [];
  readonly now: number;
  #tasks: Vector<Task>;
  #stations: Vector<Station>;
  #agenda: Agenda<Act> | undefined;
  #keys: ReadonlyMap<string, number>;
  /** The keys of this stage, once it has added some. */
  #ownKeys: Map<string, number> | undefined;
  #order: number;
  #tokens: number;
  #cost: number;
  readonly #steps: number;
  running: number;
  held: readonly number[];
  over: Over | undefined;
  told: ReadonlySet<string>;

  constructor(world: World, state: State, now: number, agenda: Agenda<Act> | undefined) {
    this.world = world;
    this.now = now;
    this.#tasks = state.tasks;
    this.#stations = state.stations;
    this.#agenda = agenda;
    this.#keys = state.keys;
    this.#order = state.order;
    this.#steps = state.steps + 1;
    this.#tokens = state.tokens;
    this.#cost = state.cost;
    this.running = state.running;
    this.held = state.held;
    this.over = state.over;
    this.told = state.told;
  }

  task(index: number): Task {
    return this.#tasks.at(index);
  }

  set(index: number, change: Partial<Task>): void {
    this.#tasks = this.#tasks.with(index, { ...this.#tasks.at(index), ...change });
  }

  /** The task without its climb: it goes on as if nothing had failed. */
  calm(index: number): void {
    const { climb: _, ...rest } = this.#tasks.at(index);
    this.#tasks = this.#tasks.with(index, rest);
  }

  /** Takes a task back from the role that was to have it, and remembers that it was not to be. */
  unassign(index: number): void {
    const { role, ...rest } = this.#tasks.at(index);
    this.#tasks = this.#tasks.with(index, { ...rest, tried: role ? [...rest.tried, role.id] : rest.tried });
  }

  /** Adds a task; of two with one key the later gets a number. */
  add(task: Task): number {
    const index = this.#tasks.length;
    let { key } = task;
    for (let count = 2; this.#keys.has(key); count++) key = `${task.key}#${count}`;
    this.#ownKeys ??= new Map(this.#keys);
    this.#keys = this.#ownKeys.set(key, index);
    this.#tasks = this.#tasks.push(key === task.key ? task : { ...task, key });
    return index;
  }

  station(role: Role): Station {
    return this.#stations.at(this.world.indexOf(role));
  }

  setStation(role: Role, change: Partial<Station>): void {
    const at = this.world.indexOf(role);
    this.#stations = this.#stations.with(at, { ...this.#stations.at(at), ...change });
  }

  /** Remembers, or forgets, that something was told. */
  tell(key: string, told: boolean): void {
    const kept = [...this.told].filter((each) => each !== key);
    this.told = new Set(told ? [...kept, key] : kept);
  }

  /** Counts turns of a role, with their tokens and what they cost. */
  spend(role: Role, turns: number): void {
    if (this.world.turns) return;
    const { input, output } = ASSUMED.tokensOfATurn;
    this.setStation(role, { turns: this.station(role).turns + turns });
    this.#tokens += turns * (input + output);
    this.#cost += turns * costOfTurn(this.world, role);
  }

  /** Counts a turn that a role took itself, with what it really used. */
  bill(role: Role, { took, tokens, cost }: Turn): void {
    const { turns, worked } = this.station(role);
    this.setStation(role, { turns: turns + 1, worked: worked + took });
    this.#tokens += tokens;
    this.#cost += cost;
  }

  later(kind: ActKind, task: number, at = this.now, part = 0): void {
    this.#agenda = noted(this.#agenda, { at: Math.max(at, this.now), order: this.#order++, act: { kind, task, part } });
  }

  emit(type: EventWord, index: number, details: Omit<SimEvent, 'type' | 't' | 'task'>): void {
    const { key, taint } = this.#tasks.at(index);
    this.events.push({ type, t: this.now, task: key, ...details, ...(taint.length > 0 ? { taint } : {}) });
  }

  /** What the step has made. */
  done(): State {
    return {
      now: this.now,
      order: this.#order,
      steps: this.#steps,
      tasks: this.#tasks,
      keys: this.#keys,
      agenda: this.over ? undefined : this.#agenda,
      stations: this.#stations,
      running: this.running,
      held: this.held,
      told: this.told,
      tokens: this.#tokens,
      cost: this.#cost,
      ...(this.over ? { over: this.over } : {}),
    };
  }
}
