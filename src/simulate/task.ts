import type { Edge, Role } from '../team/team.ts';
import type { Climb } from './climb.ts';
import type { End } from './event.ts';
import type { Job, Parts } from './job.ts';
import type { Line } from './line.ts';
import type { Name } from './name.ts';
import type { Talk } from './turn.ts';

const NOTHING: readonly never[] = [];

/** A task on its way. Only the stage of the state that it belongs to changes it; others that share it copy it first. */
export class Task {
  /** The edition of the state that it belongs to. */
  readonly edition: number;
  readonly name: Name;
  job: Job;
  /** Index of the task that it is a part of; -1 for the request. */
  readonly parent: number;
  /** The role that sees to it that somebody does it; the request comes from people. */
  readonly owner: Role | undefined;
  /** Who has it; nothing while it waits. */
  role: Role | undefined = undefined;
  /** The role below those that have what this is a part of; the line of the whole while nobody has it. */
  line: Line;
  /** The edge that it goes over, and why. */
  edge: Edge | undefined = undefined;
  why: string | undefined = undefined;
  /** Why its role does it itself, where that is no matter of course. */
  note: string | undefined = undefined;
  /** Hand-overs from the request to here. */
  depth = 0;
  /** What it was split into, and the index of the first part; the others follow. */
  parts: Parts | undefined = undefined;
  first = 0;
  /** How many tasks that it needs, or that are part of it, are not finished. */
  open = 0;
  /** Attempts so far. */
  tries = 0;
  /** Whether its role has tried before. */
  repeated = false;
  /** How often it was handed back after a gate. */
  rounds = 0;
  climb: Climb | undefined = undefined;
  /** The failure modes of the present attempt. */
  modes: readonly string[] = NOTHING;
  taint: readonly string[] = NOTHING;
  /** Whether the result has a flaw that nobody has found. */
  flawed = false;
  /** Roles that have tried it. */
  tried: readonly string[] = NOTHING;
  /** Times in milliseconds. */
  queuedAt = 0;
  beganAt = 0;
  waited = 0;
  worked = 0;
  /** The role that kept something back which this one has to ask for. */
  asksBack: string | undefined = undefined;
  /** The rule of a refused call names who may instead. */
  instead: string | undefined = undefined;
  end: End | undefined = undefined;
  /** Where roles decide for themselves: what is said about it. */
  talk: Talk | undefined = undefined;

  /** A task that nobody has yet. */
  constructor(edition: number, name: Name, job: Job, line: Line, parent = -1, owner?: Role) {
    this.edition = edition;
    this.name = name;
    this.job = job;
    this.line = line;
    this.parent = parent;
    this.owner = owner;
  }

  /** Its name in this run, and in the keys of choices: `login`, `login/nodejs-expert`. */
  get key(): string {
    return this.name.text;
  }

  /** The same task for another state. Each field stands here by itself, which is many times faster than any other way. */
  copy(edition: number): Task {
    const copy = new Task(edition, this.name, this.job, this.line, this.parent, this.owner);
    copy.role = this.role;
    copy.edge = this.edge;
    copy.why = this.why;
    copy.note = this.note;
    copy.depth = this.depth;
    copy.parts = this.parts;
    copy.first = this.first;
    copy.open = this.open;
    copy.tries = this.tries;
    copy.repeated = this.repeated;
    copy.rounds = this.rounds;
    copy.climb = this.climb;
    copy.modes = this.modes;
    copy.taint = this.taint;
    copy.flawed = this.flawed;
    copy.tried = this.tried;
    copy.queuedAt = this.queuedAt;
    copy.beganAt = this.beganAt;
    copy.waited = this.waited;
    copy.worked = this.worked;
    copy.asksBack = this.asksBack;
    copy.instead = this.instead;
    copy.end = this.end;
    copy.talk = this.talk;
    return copy;
  }
}
