import type { Climb } from './climb.ts';
import { DAY } from './clock.ts';
import type { Job } from './job.ts';
import type { Monitor } from './monitor.ts';
import type { State } from './state.ts';
import type { Task } from './task.ts';
import type { World } from './world.ts';

/**
 * Hashes what the future of a run depends on, and nothing else: times count from now, what is finished counts only as far as
 * somebody still asks, and tasks count by their names. So states that go on alike have one fingerprint of 64 bits, however they
 * came about.
 */
export class Fingerprint {
  high = 0;
  low = 0;
  readonly #world: World;
  readonly #matters: Matters;
  /** Texts by number, so that the same text adds the same number. */
  readonly #texts = new Map<string, number>();
  readonly #objects = new WeakMap<object, number>();
  #count = 0;
  readonly #jobs = new WeakMap<Job, number>();
  readonly #tasks = new WeakMap<Task, readonly [high: number, low: number]>();

  constructor(world: World) {
    this.#world = world;
    this.#matters = mattersIn(world);
  }

  /** Takes the fingerprint of a state and of what its monitors remember; it is then in `high` and `low`. */
  take(state: State, monitors: readonly Monitor[]): void {
    const [high, low] = this.#tasksOf(state);
    this.high = high;
    this.low = low;
    this.#time(state);
    this.#agenda(state);
    this.#stations(state);
    for (const index of state.held) this.#add(this.#name(state.tasks[index]!));
    this.#add(state.told.length);
    for (const key of [...state.told].sort()) this.#add(this.#text(key));
    for (const monitor of monitors) this.#add(monitor.recollection(state.now));
  }

  #time(state: State): void {
    const { limits, phase, until, exact } = this.#matters;
    if (exact) this.#add(state.now);
    else {
      if (phase) this.#add(state.now % DAY);
      this.#add(Math.min(state.now, until));
    }
    if (limits.steps !== undefined) this.#add(state.steps);
    if (limits.tokens !== undefined) this.#add(state.tokens);
    if (limits.cost !== undefined) this.#add(Math.round(state.cost * 1e9));
  }

  /** The tasks in any order: the sum of what each adds. */
  #tasksOf(state: State): readonly [high: number, low: number] {
    let high = 0x243f6a88;
    let low = 0x85a308d3;
    for (const task of state.tasks) {
      const [own, other] = this.#task(task);
      high = (high + own) | 0;
      low = (low + other) | 0;
      if (task.end || !task.climb || !this.#hasTimeout(task.climb)) continue;
      this.#start(own, other);
      this.#add(state.now - task.climb.since);
      high = (high + this.high) | 0;
      low = (low + this.low) | 0;
    }
    return [high, low];
  }

  #hasTimeout({ step }: Climb): boolean {
    return this.#world.team.ladder[step]?.timeout !== undefined;
  }

  #task(task: Task): readonly [high: number, low: number] {
    const known = this.#tasks.get(task);
    if (known) return known;
    this.#start(0x13198a2e, 0x03707344);
    this.#add(this.#name(task));
    if (task.end) this.#add(task.end === 'failed' && !task.job.optional ? -1 : -2);
    else this.#live(task);
    const found = [this.high, this.low] as const;
    this.#tasks.set(task, found);
    return found;
  }

  #live(task: Task): void {
    const { role, owner, edge, climb } = task;
    this.#add(this.#job(task.job));
    this.#add(owner ? this.#world.indexOf(owner) : -1);
    this.#add(role ? this.#world.indexOf(role) : -1);
    this.#add(edge ? this.#object(edge) : -1);
    for (const number of [task.depth, task.open, task.tries, task.rounds]) this.#add(number);
    this.#add((task.repeated ? 1 : 0) + (task.flawed ? 2 : 0));
    for (const list of [task.modes, task.taint, task.tried]) this.#add(this.#text(list.join('\n')));
    this.#add(this.#text(`${task.asksBack}\n${task.instead}`));
    if (this.#matters.exact) for (const number of [task.queuedAt, task.beganAt]) this.#add(number);
    if (!climb) return;
    this.#add(this.#text(`${climb.class}\n${climb.holder}\n${climb.person}`));
    this.#add(climb.step);
    this.#add(climb.part);
  }

  #job(job: Job): number {
    const known = this.#jobs.get(job);
    if (known !== undefined) return known;
    const { id, text, source, effort, optional } = job;
    const calls = job.calls.map(({ tool, pattern }) => [tool, pattern]);
    const to = job.to.map((each) => (each.kind === 'role' ? each.role.id : JSON.stringify(each)));
    const all = [id, text, source, effort, optional, calls, to, job.with.length, job.needs, job.gates, job.labels];
    const found = this.#text(JSON.stringify(all));
    this.#jobs.set(job, found);
    return found;
  }

  #agenda(state: State): void {
    for (const { at, kind, task, part } of state.agenda.sorted()) {
      this.#add(at - state.now);
      this.#add(this.#text(kind));
      this.#add(this.#name(state.tasks[task]!));
      this.#add(part);
    }
  }

  #stations(state: State): void {
    let at = 0;
    for (const { busy, queue, turns, worked, warned } of state.stations) {
      if (busy > 0 || queue.length > 0 || warned > 0) {
        this.#add(-3 - at);
        this.#add(busy);
        this.#add(warned);
        for (const index of queue) this.#add(this.#name(state.tasks[index]!));
      }
      if (this.#matters.limits.turns !== undefined) this.#add(turns);
      if (this.#matters.exact) this.#add(worked);
      at++;
    }
  }

  #name(task: Task): number {
    return this.#text(task.key);
  }

  #text(text: string): number {
    let found = this.#texts.get(text);
    if (found === undefined) {
      found = this.#texts.size;
      this.#texts.set(text, found);
    }
    return found;
  }

  #object(object: object): number {
    let found = this.#objects.get(object);
    if (found === undefined) {
      found = this.#count++;
      this.#objects.set(object, found);
    }
    return found;
  }

  #start(high: number, low: number): void {
    this.high = high;
    this.low = low;
  }

  /** Takes in a whole number of up to 53 bits: each lane multiplies and folds, after MurmurHash3. */
  #add(value: number): void {
    const upper = Math.floor(value / 0x100000000);
    let a = Math.imul(this.high ^ value ^ Math.imul(upper, 0x27d4eb2f), 0xcc9e2d51);
    a = (a << 15) | (a >>> 17);
    let b = Math.imul(this.low ^ a ^ value, 0x1b873593) + 0x52dce729;
    b = (b << 13) | (b >>> 19);
    this.high = (Math.imul(a ^ (b >>> 16), 0x85ebca6b) ^ (a >>> 13)) | 0;
    this.low = (Math.imul(b ^ (a >>> 15), 0xc2b2ae35) ^ (b >>> 16)) | 0;
  }
}

/** What of time and consumption the future depends on, in a scenario. */
interface Matters {
  readonly limits: World['scenario']['limits'];
  /** The time of day matters: somebody keeps hours. */
  readonly phase: boolean;
  /** The time matters until then: somebody is away for a while. */
  readonly until: number;
  /** The time since the request matters, and what was worked since. */
  readonly exact: boolean;
}

function mattersIn({ roles, scenario }: World): Matters {
  const { limits, faults, people, expectations } = scenario;
  const phase =
    [...people.values()].some(({ hours }) => hours) ||
    roles.some(({ fields: { capacity } }) => (capacity?.['hours-per-day'] ?? 24) < 24);
  const ends = faults.flatMap((fault) =>
    fault.kind === 'unavailable' ? [Number.isFinite(fault.lasting) ? fault.from + fault.lasting : fault.from] : [],
  );
  const exact = limits.wall !== undefined || expectations.some(({ kind }) => kind === 'utilization');
  return { limits, phase, until: Math.max(0, ...ends), exact };
}
