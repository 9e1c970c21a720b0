import type { Decision } from '../pattern/policy.ts';
import type { Permissions } from '../schema/generated/definitions.ts';
import { below, keyOf, type Place } from '../text/place.ts';
import { entries, items } from './items.ts';
import { isTool, splitTool, TOOLS, type Tool } from './tools.ts';

/** A tool that a role has: the whole of it, or the part that a pattern names. */
export interface Grant {
  readonly tool: Tool;
  readonly pattern?: string;
  readonly at: Place;
}

/** One pattern of one permission rule, where it stands in the order of reading. */
export interface PermissionEntry {
  readonly tool: Tool;
  readonly decision: Decision;
  readonly pattern: string;
  readonly because?: string;
  readonly instead?: string;
  readonly transitive: boolean;
  readonly at: Place;
  /** The rule that the pattern belongs to, with its reason. */
  readonly rule: Place;
}

/** The named blocks of a team, each with the place where it stands. */
export type Blocks = ReadonlyMap<string, { readonly value: Permissions; readonly at: Place }>;

/** Tells of a name that leads nowhere. */
export type ReportUnknown = (
  kind: 'tool' | 'permissions',
  name: string,
  at: Place,
  candidates: readonly string[],
) => void;

const DECISIONS = ['allow', 'ask', 'deny'] as const;

/** The names that may stand in `tools`. */
function toolNames(groups: object): readonly string[] {
  return ['all', ...Object.keys(TOOLS).filter((tool) => tool !== 'delegate'), ...Object.keys(groups)];
}

/** Opens tool groups and `all`; a group that holds itself is opened once. Wrong names in a group are told of the group. */
export function grantsOf(
  tools: unknown,
  groups: Readonly<Record<string, unknown>>,
  placeOf: PlaceOf,
  unknown: ReportUnknown,
): readonly Grant[] {
  const open = (names: unknown, at: PlaceOf, opened: ReadonlySet<string>): readonly Grant[] =>
    items(names as string | string[]).flatMap(({ item, steps }) => openOne(item, at(...steps), opened));
  const openOne = (item: string, at: Place, opened: ReadonlySet<string>): readonly Grant[] => {
    const { name, pattern } = splitTool(item);
    if (name === 'all') return everyTool(at);
    if (isTool(name) && name !== 'delegate')
      return [{ tool: name, at, ...(pattern === undefined ? {} : { pattern: patternOf(name, pattern) }) }];
    if (Object.hasOwn(groups, name))
      return opened.has(name) ? [] : open(groups[name], () => at, new Set([...opened, name]));
    if (opened.size === 0) unknown('tool', name, at, toolNames(groups));
    return [];
  };
  return open(tools, placeOf, new Set());
}

type PlaceOf = (...steps: readonly number[]) => Place;

/** A server alone stands for all of its tools. */
function patternOf(tool: Tool, pattern: string): string {
  return tool === 'mcp' && pattern !== '*' && !pattern.includes('/') ? `${pattern}/*` : pattern;
}

function everyTool(at: Place): readonly Grant[] {
  return (Object.keys(TOOLS) as Tool[]).filter((tool) => tool !== 'delegate').map((tool) => ({ tool, at }));
}

/** Opens named blocks and writes one entry for each pattern, in the order in which the rules are read. */
export function permissionsOf(
  permissions: Permissions | undefined,
  at: Place,
  blocks: Blocks,
  unknown: ReportUnknown,
  opened: ReadonlySet<string> = new Set(),
): readonly PermissionEntry[] {
  return items(permissions).flatMap(({ item, steps }) => {
    const place = below(at, ...steps);
    if (typeof item !== 'string') return rulesOf(item as Readonly<Record<string, unknown>>, place, unknown);
    const block = blocks.get(item);
    if (!block) {
      unknown('permissions', item, place, [...blocks.keys()]);
      return [];
    }
    return opened.has(item) ? [] : permissionsOf(block.value, block.at, blocks, unknown, new Set([...opened, item]));
  });
}

function rulesOf(
  map: Readonly<Record<string, unknown>>,
  at: Place,
  unknown: ReportUnknown,
): readonly PermissionEntry[] {
  return entries(map).flatMap(([key, value]) => {
    const { name, pattern: part } = splitTool(key);
    const place = below(at, key);
    if (!isTool(name)) {
      unknown('tool', name, keyOf(place), Object.keys(TOOLS));
      return [];
    }
    if (typeof value === 'string')
      return [
        { tool: name, decision: value as Decision, pattern: part ?? '*', transitive: false, at: place, rule: place },
      ];
    return items(value as PermissionRuleItem | PermissionRuleItem[]).flatMap(({ item, steps }) =>
      patternsOf(name, item, below(place, ...steps)),
    );
  });
}

type PermissionRuleItem = Readonly<Partial<Record<Decision, string | readonly string[]>>> & {
  readonly because?: string;
  readonly instead?: string;
  readonly transitive?: boolean;
};

function patternsOf(tool: Tool, item: PermissionRuleItem, at: Place): readonly PermissionEntry[] {
  const decision = DECISIONS.find((name) => item[name] !== undefined);
  if (!decision) return [];
  return items(item[decision]).map(({ item: pattern, steps }) => ({
    tool,
    decision,
    pattern: patternOf(tool, pattern),
    transitive: item.transitive === true,
    at: below(at, decision, ...steps),
    rule: at,
    ...(item.because === undefined ? {} : { because: item.because }),
    ...(item.instead === undefined ? {} : { instead: item.instead }),
  }));
}

/** Calls as pairs of tool and pattern, with the steps from the value to the tool and from there to the pattern. */
export function callsOf(
  calls: unknown,
): readonly { tool: string; pattern: string; steps: readonly (string | number)[]; inner: readonly number[] }[] {
  return items(calls as Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[]).flatMap(
    ({ item, steps }) =>
      entries(item as Readonly<Record<string, unknown>>).flatMap(([tool, patterns]) =>
        items(patterns as string | string[]).map(({ item: pattern, steps: inner }) => ({
          tool,
          pattern,
          steps: [...steps, tool],
          inner,
        })),
      ),
  );
}
