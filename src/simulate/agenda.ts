/** Something that is due at a time, in milliseconds since the request. Of two at one time the earlier noted goes first. */
export interface Due<T> {
  readonly at: number;
  readonly order: number;
  readonly act: T;
}

/** What is still to happen, as a leftist heap: it is never changed, and adding or taking costs a logarithm. */
export interface Agenda<T> {
  readonly due: Due<T>;
  readonly rank: number;
  readonly left: Agenda<T> | undefined;
  readonly right: Agenda<T> | undefined;
}

/** An agenda with one more entry. */
export function noted<T>(agenda: Agenda<T> | undefined, due: Due<T>): Agenda<T> {
  return merged({ due, rank: 1, left: undefined, right: undefined }, agenda)!;
}

/** An agenda without its first entry. */
export function withoutFirst<T>({ left, right }: Agenda<T>): Agenda<T> | undefined {
  return merged(left, right);
}

function merged<T>(a: Agenda<T> | undefined, b: Agenda<T> | undefined): Agenda<T> | undefined {
  if (!a) return b;
  if (!b) return a;
  const [first, other] = isBefore(a.due, b.due) ? [a, b] : [b, a];
  const right = merged(first.right, other);
  const { left, due } = first;
  const [tall, low] = (left?.rank ?? 0) >= (right?.rank ?? 0) ? [left, right] : [right, left];
  return { due, rank: (low?.rank ?? 0) + 1, left: tall, right: low };
}

function isBefore<T>(a: Due<T>, b: Due<T>): boolean {
  return a.at !== b.at ? a.at < b.at : a.order < b.order;
}
