import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Place } from '../text/place.ts';
import { role, team } from './generated/acceptors.ts';
import { mistakes } from './mistakes.ts';
import type { SchemaName } from './schema-name.ts';

const ACCEPTORS: Readonly<Partial<Record<SchemaName, (data: unknown) => boolean>>> = { role, team };

/** Checks data against a schema of the language: one human sentence per mistake in document order, none when it fits. */
export function check(name: SchemaName, data: unknown, at: Place): readonly Diagnostic[] {
  return ACCEPTORS[name]?.(data) ? [] : mistakes(name, data, at);
}
