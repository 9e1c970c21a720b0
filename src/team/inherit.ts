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
  const fields = layers.map(({ fields: own }, depth) => handedDown(own, depth)).reduce(under, {});
  const instructions = layers
    .flatMap((layer) => layer.fields.instructions?.trim() || [])
    .reverse()
    .join('\n\n');
  return instructions ? { ...fields, instructions } : fields;
}

/** What a layer gives to the role: all of its own, of a base only what is handed down. */
function handedDown(fields: RoleDefinition, depth: number): RoleDefinition {
  return Object.fromEntries(
    Object.entries(fields).filter(([key, value]) => value !== undefined && (depth === 0 || !OWN.has(key))),
  );
}

/** Puts a weaker layer under a stronger one. */
function under(stronger: RoleDefinition, weaker: RoleDefinition): RoleDefinition {
  const merged = Object.entries(weaker).map(([key, value]) => {
    const own = (stronger as Readonly<Record<string, unknown>>)[key];
    return [key, own === undefined ? value : MERGED.has(key) ? merge(own, value) : own] as const;
  });
  return { ...stronger, ...Object.fromEntries(merged) };
}

function merge(stronger: unknown, weaker: unknown): unknown {
  return isMap(stronger) && isMap(weaker) ? { ...weaker, ...stronger } : stronger;
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
