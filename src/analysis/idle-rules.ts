import type { PatternRule } from '../pattern/policy.ts';
import type { PermissionEntry } from '../team/permissions.ts';
import { defaultDecision, hasTool } from '../team/policy.ts';
import type { Role } from '../team/team.ts';
import { TOOLS, type Tool } from '../team/tools.ts';
import { freshPatience, type Patience, type Use, useOf } from './rule-use.ts';

/** A rule that changes nothing, whoever reads it. */
export interface IdleRule {
  readonly entry: PermissionEntry;
  /** The roles that read the rule and have its tool. */
  readonly readers: readonly Role[];
  /** `shadowed`: others always decide in its place. `redundant`: it decides, and what lies under it would decide the same. */
  readonly why: 'shadowed' | 'redundant';
  /** The rules that decide in its place, or would. None where that is the tool's default. */
  readonly others: readonly PermissionEntry[];
}

/** The rules for one tool as some roles read them, each only where it counts: the last time. */
interface Reading {
  readonly tool: Tool;
  readonly entries: readonly PermissionEntry[];
  /** What the rules say, wherever they stand. */
  readonly content: string;
  readonly roles: Role[];
}

/** One rule, and everywhere that it is read. */
interface Read {
  readonly entry: PermissionEntry;
  readonly readings: Reading[];
}

/**
 * Finds the permission rules that change nothing for any of the roles that read them. Rules that are idle because of another idle rule are
 * not told: once that one is gone they count.
 */
export function idleRules(roles: readonly Role[]): readonly IdleRule[] {
  const read = reads(roles);
  const use = userOf(freshPatience());
  const suspects = [...read.values()].filter(
    ({ entry, readings }) => !readings.some((reading) => use(entry, reading, NONE).status === 'live'),
  );
  const shadowed = suspects.filter(({ entry, readings }) =>
    readings.every((reading) => use(entry, reading, NONE).status === 'dead'),
  );
  const gone = new Set(shadowed.map(({ entry }) => entry));
  return suspects.flatMap(({ entry, readings }): readonly IdleRule[] => {
    const readers = readings.flatMap((reading) => reading.roles);
    const first = readings[0]!;
    const found = use(entry, first, NONE);
    if (gone.has(entry)) return [{ entry, readers, why: 'shadowed', others: others(found, first, NONE) }];
    const uses = readings.map((reading) => use(entry, reading, gone));
    if (!uses.every(({ status }) => status === 'redundant' || status === 'dead')) return [];
    return [{ entry, readers, why: 'redundant', others: others(uses[0]!, first, gone) }];
  });
}

const NONE: ReadonlySet<PermissionEntry> = new Set();

function reads(roles: readonly Role[]): ReadonlyMap<string, Read> {
  const readings = new Map<string, Reading>();
  const found = new Map<string, Read>();
  const canon = new Map<string, PermissionEntry>();
  for (const role of roles)
    for (const [tool, entries] of entriesByTool(role, canon)) {
      const key = entries.map(placeKey).join('\n');
      const known = readings.get(key);
      if (known) {
        known.roles.push(role);
        continue;
      }
      const reading: Reading = { tool, entries, content: contentOf(entries), roles: [role] };
      readings.set(key, reading);
      for (const entry of entries) {
        const one = found.get(placeKey(entry)) ?? { entry, readings: [] };
        found.set(placeKey(entry), one);
        one.readings.push(reading);
      }
    }
  return found;
}

function contentOf(entries: readonly PermissionEntry[]): string {
  return JSON.stringify(entries.map(({ decision, pattern }) => [decision, pattern]));
}

/** The rules of a role by tool. A rule has one object for all roles that read it. */
function entriesByTool(role: Role, canon: Map<string, PermissionEntry>): ReadonlyMap<Tool, readonly PermissionEntry[]> {
  const byTool = new Map<Tool, Map<string, PermissionEntry>>();
  for (const entry of role.rules) {
    if (!hasTool(role, entry.tool)) continue;
    const key = placeKey(entry);
    const one = canon.get(key) ?? entry;
    canon.set(key, one);
    const entries = byTool.get(entry.tool) ?? new Map<string, PermissionEntry>();
    byTool.set(entry.tool, entries);
    entries.delete(key);
    entries.set(key, one);
  }
  return new Map([...byTool].map(([tool, entries]) => [tool, [...entries.values()]]));
}

const places = new WeakMap<PermissionEntry, string>();

function placeKey(entry: PermissionEntry): string {
  const known = places.get(entry);
  if (known !== undefined) return known;
  const key = `${entry.at.file} ${entry.at.pointer.join('/')}`;
  places.set(entry, key);
  return key;
}

/** Says what a rule is good for as some roles read it, without those that are gone; roles that read the same share the answer. */
function userOf(
  patience: Patience,
): (entry: PermissionEntry, reading: Reading, gone: ReadonlySet<PermissionEntry>) => Use {
  const known = new Map<string, Use>();
  return (entry, { tool, entries, content }, gone) => {
    const kept = gone.size === 0 ? entries : entries.filter((other) => !gone.has(other));
    const at = kept.indexOf(entry);
    const question = `${tool} ${at} ${gone.size === 0 ? content : contentOf(kept)}`;
    const use = known.get(question) ?? useOf(kept.map(ruleOf), at, defaultDecision(tool), tool, patience);
    known.set(question, use);
    return use;
  };
}

const rules = new WeakMap<PermissionEntry, PatternRule>();

function ruleOf(entry: PermissionEntry): PatternRule {
  const known = rules.get(entry);
  if (known) return known;
  const rule = { dialect: TOOLS[entry.tool], pattern: entry.pattern, decision: entry.decision };
  rules.set(entry, rule);
  return rule;
}

function others(found: Use, { entries }: Reading, gone: ReadonlySet<PermissionEntry>): readonly PermissionEntry[] {
  const kept = entries.filter((other) => !gone.has(other));
  return 'others' in found ? found.others.map((at) => kept[at]!) : [];
}
