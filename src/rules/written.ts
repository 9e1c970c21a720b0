import type { LoadedTeam } from '../team/read.ts';
import type { Place } from '../text/place.ts';

/** What an author wrote at a place, also where it did not fit the schema; nothing where it could not be read. */
export function written({ documents }: LoadedTeam, { file, pointer }: Place): unknown {
  let value = documents.get(file)?.data;
  for (const step of pointer) value = isCollection(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  return value;
}

/** Whether a file was there and could not be read as data. */
export function isUnreadable({ documents }: LoadedTeam, file: string): boolean {
  return documents.get(file)?.data === undefined;
}

function isCollection(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Whether a place lies inside another. */
export function startsWithin(place: Place, outer: Place): boolean {
  return place.file === outer.file && outer.pointer.every((step, index) => place.pointer[index] === step);
}
