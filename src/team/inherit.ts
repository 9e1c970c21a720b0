import type { RoleDefinition } from '../schema/generated/definitions.ts';
import { below, type Place, type Pointer } from '../text/place.ts';

/** What one place says of a role: the role itself, a base, or the team's defaults. */
export interface Layer {
  readonly fields: RoleDefinition;
  readonly at: Place;
}

/** Fields whose values are maps by name: they merge key by key. Everything else replaces. */
const MERGED: ReadonlySet<string> = new Set([
  'accepts',
  'capacity',
  'delegation',
  'expertise',
  'handoff',
  'mcp-servers',
  'messages',
  'metrics',
  'playbooks',
  'quality-gates',
  'stack',
  'targets',
]);

/** Fields that belong to one role and are never handed down. */
const OWN: ReadonlySet<string> = new Set([
  'name',
  'aliases',
  'extends',
  'abstract',
  'version',
  'instructions',
  'permissions',
]);

/**
 * A role's fields, its own layer first, then its bases from near to far, then the defaults.
 * Maps merge by key, everything else replaces; the base's instructions come first.
 */
export function inherit(layers: readonly Layer[]): RoleDefinition {
  const fields: Record<string, unknown> = {};
  for (const [depth, layer] of layers.entries()) putUnder(fields, layer.fields, depth);
  const instructions = layers
    .flatMap((layer) => layer.fields.instructions?.trim() || [])
    .reverse()
    .join('\n\n');
  if (instructions) fields['instructions'] = instructions;
  return fields as RoleDefinition;
}

/** Puts a weaker layer under what stronger ones say: all that a role itself says, of a base only what is handed down. */
function putUnder(fields: Record<string, unknown>, weaker: RoleDefinition, depth: number): void {
  for (const [key, value] of Object.entries(weaker)) {
    if (value === undefined || (depth > 0 && OWN.has(key))) continue;
    const own = fields[key];
    if (own === undefined) fields[key] = value;
    else if (MERGED.has(key)) fields[key] = merge(own, value, key === 'targets');
  }
}

/** `deep`: the maps inside merge by key as well, as each platform's fields do. */
function merge(stronger: unknown, weaker: unknown, deep: boolean): unknown {
  if (!isMap(stronger) || !isMap(weaker)) return stronger;
  if (!deep) return { ...weaker, ...stronger };
  const both = Object.entries(stronger).map(([key, value]) => [key, merge(value, weaker[key], false)]);
  return { ...weaker, ...Object.fromEntries(both) };
}

/** The place where a field, or something in it, was said: in the first layer that has it, else in the role itself. */
export function placeIn(layers: readonly Layer[], pointer: Pointer): Place {
  const layer = layers.find(({ fields }, depth) => {
    const [key] = pointer;
    return has(fields, pointer) && (depth === 0 || !OWN.has(String(key)) || key === 'permissions');
  });
  return below((layer ?? layers[0])!.at, ...pointer);
}

function has(value: unknown, pointer: Pointer): boolean {
  let inner = value;
  for (const step of pointer) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return false;
    inner = (inner as Record<string | number, unknown>)[step];
  }
  return inner !== undefined;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
