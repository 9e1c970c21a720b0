import { compare } from '../../pattern/compare.ts';
import { squeezeBlanks } from '../../pattern/normal.ts';
import type { Policy, RuleList } from '../../pattern/policy.ts';
import { policyOf } from '../../team/policy.ts';
import type { Role } from '../../team/team.ts';
import type { Tool } from '../../team/tools.ts';
import type { Claim } from '../target.ts';
import { domainOf, remembered } from '../usable.ts';
import { type LoweredTool, lastOfEach, map } from './opencode-entries.ts';
import { missedOutside } from './opencode-outside.ts';
import { isExact, lowerPaths, type WildcardRule } from './opencode-paths.ts';

/** The questions that opencode asks by itself before it reads secrets; a block that begins with `"*"` would drop them. */
const SECRETS: readonly WildcardRule[] = [
  ['*.env', 'ask'],
  ['*.env.*', 'ask'],
  ['*.env.example', 'allow'],
];

/** What is read keeps opencode's own questions before secrets, unless a rule for every file replaces them. */
export function lowerReading(list: RuleList): readonly WildcardRule[] {
  const [first, ...rest] = lowerPaths(list);
  return keepsSecrets(list) ? [first!, ...SECRETS, ...rest] : [first!, ...rest];
}

function keepsSecrets({ rules }: RuleList): boolean {
  return rules.every(({ pattern }) => pattern !== '*');
}

/** A key with patterns, compared with what the role means: equal is native, anything else says how it differs. */
export function lowerWildcards(
  role: Role,
  tool: Tool,
  key: string,
  lower: (list: RuleList) => readonly WildcardRule[],
): LoweredTool {
  const meant = policyOf(role, tool);
  const { rules, ...rest } = lowered({ lists: meant.lists }, tool, lower);
  return { entries: [{ key, value: map(rules) }], ...rest };
}

interface LoweredRules {
  readonly rules: readonly WildcardRule[];
  readonly claim: Claim;
  readonly policy: Policy;
}

const LOWERINGS = new Map<unknown, ReturnType<typeof remembered<[Tool], LoweredRules>>>();

/** Lowers and judges a policy once for each way of lowering. */
function lowered(policy: Policy, tool: Tool, lower: (list: RuleList) => readonly WildcardRule[]): LoweredRules {
  const known =
    LOWERINGS.get(lower) ??
    remembered((meant: Policy, asked: Tool) => {
      const rules = lower(meant.lists.length === 1 ? meant.lists[0]! : narrowed(meant));
      return { rules, claim: judge(meant, rules, asked), policy: policyRead(rules) };
    });
  LOWERINGS.set(lower, known);
  return known(policy, tool);
}

/** A tool that is had in part: everything is denied, then the role's decision is repeated for each part. */
function narrowed({ lists: [parts, rules] }: Policy): RuleList {
  const decision = rules!.rules.findLast(({ pattern }) => pattern === '*')?.decision ?? rules!.otherwise;
  return { otherwise: 'deny', rules: parts!.rules.map((rule) => ({ ...rule, decision })) };
}

function judge(meant: Policy, rules: readonly WildcardRule[], tool: Tool): Claim {
  const kept = tool === 'read' && keepsSecrets(meant.lists.at(-1)!);
  const differs =
    writesHome(meant, tool) ??
    missedOutside(meant, tool) ??
    (isSameByForm(meant, tool) ? undefined : difference(kept ? withSecrets(meant) : meant, rules, tool));
  if (differs !== undefined) return { level: 'prose', because: differs };
  return kept
    ? { level: 'native', because: "opencode's own question before it reads .env files is kept" }
    : { level: 'native' };
}

/** A command that begins in the home folder is compared with the folder written out, which no rule of a team can know. */
function writesHome({ lists }: Policy, tool: Tool): string | undefined {
  if (tool !== 'shell') return undefined;
  const home = lists.flatMap(({ rules }) => rules).find(({ pattern }) => HOME.test(pattern));
  return home && `opencode writes the home folder out in \`${home.pattern}\`, so that it matches other commands`;
}

/** What opencode takes for the home folder at the start of a pattern. */
const HOME = /^~(?=\/|$)|^\$HOME/;

/** Where the emitted rules differ from what is meant, with a call that shows it; nothing where they are equal. */
function difference(meant: Policy, rules: readonly WildcardRule[], tool: Tool): string | undefined {
  const { verdict, cells } = compare(meant, policyRead(rules), { domain: domainOf(tool) });
  if (verdict === 'equal') return undefined;
  const cell = cells.find(({ from, to }) => from !== to);
  const shown = cell ? `: \`${cell.witness}\` is ${cell.to} there, ${cell.from} in the team` : '';
  return `opencode's rules are ${verdict} here${shown}`;
}

/**
 * Whether every pattern means the same to both sides as it stands, so that the lists are equal without a proof: commands
 * without what only opencode reads (`\\`, `~`, `$HOME`), and path globs without a star inside a segment.
 */
function isSameByForm({ lists }: Policy, tool: Tool): boolean {
  if (lists.length !== 1 || (tool !== 'shell' && tool !== 'read' && tool !== 'edit')) return false;
  return lists[0]!.rules.every(({ pattern }) => {
    if (/\\|^\$HOME|^\d+$/.test(pattern)) return false;
    return tool === 'shell' ? !pattern.startsWith('~') && squeezeBlanks(pattern) === pattern : isExact(pattern);
  });
}

/**
 * The rules as opencode holds them once it has read them: a JavaScript object, where keys that are whole numbers go
 * first, and with the home folder written out.
 */
function asRead(rules: readonly WildcardRule[]): readonly WildcardRule[] {
  const written = lastOfEach(rules, ([pattern]) => pattern);
  return Object.entries(Object.fromEntries(written)).map(
    ([pattern, decision]): WildcardRule => [pattern.replace(HOME, '/home/somebody'), decision],
  );
}

/** What opencode makes of the rules of one key. */
function policyRead(rules: readonly WildcardRule[]): Policy {
  const read = asRead(rules).map(([pattern, decision]) => ({ dialect: 'opencode', pattern, decision }) as const);
  return { lists: [{ otherwise: 'ask', rules: read }] };
}

/** The team's meaning with opencode's own questions before secrets in front, where they are kept. */
function withSecrets({ lists }: Policy): Policy {
  const secrets = SECRETS.map(([pattern, decision]) => ({ dialect: 'opencode', pattern, decision }) as const);
  return { lists: lists.map((list) => ({ ...list, rules: [...secrets, ...list.rules] })) };
}

/** Rules of commands and skills, which opencode reads as they stand. */
export function wildcards({ rules, otherwise }: RuleList): readonly WildcardRule[] {
  const own = rules.map(({ pattern, decision }): WildcardRule => [pattern, decision]);
  return own[0]?.[0] === '*' ? own : [['*', otherwise], ...own];
}
