import type { Role } from '../team/team.ts';

/** A role that has a task, below the roles that have the tasks which this one is a part of. Each line stands once in a world. */
export class Line {
  readonly role: Role | undefined;
  readonly above: Line | undefined;
  readonly #below = new Map<Role, Line>();

  constructor(role?: Role, above?: Line) {
    this.role = role;
    this.above = above;
  }

  /** The line one longer. */
  down(role: Role): Line {
    let found = this.#below.get(role);
    if (!found) {
      found = new Line(role, this);
      this.#below.set(role, found);
    }
    return found;
  }

  /** Whether a role stands in it. */
  has(role: Role): boolean {
    for (let line: Line | undefined = this; line; line = line.above) if (line.role === role) return true;
    return false;
  }
}
