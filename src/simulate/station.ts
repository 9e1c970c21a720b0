import { Queue } from './queue.ts';

const NOBODY = Queue.empty<number>();

/** The work of one role: what it is on, and who waits. Changed as tasks are. */
export class Station {
  /** The edition of the state that it belongs to. */
  readonly edition: number;
  busy = 0;
  queue = NOBODY;
  turns = 0;
  /** Milliseconds of work that it is on or that waits for it, as planned. */
  booked = 0;
  /** Milliseconds of slots in use. */
  worked = 0;
  tasks = 0;
  /** How high its utilization has been told of: 0, 1 for a warning, 2 for critical. */
  warned = 0;

  constructor(edition: number) {
    this.edition = edition;
  }

  /** The same for another state. */
  copy(edition: number): Station {
    const copy = new Station(edition);
    copy.busy = this.busy;
    copy.queue = this.queue;
    copy.turns = this.turns;
    copy.booked = this.booked;
    copy.worked = this.worked;
    copy.tasks = this.tasks;
    copy.warned = this.warned;
    return copy;
  }
}
