import { compare } from '../../pattern/compare.ts';
import type { Policy, RuleList } from '../../pattern/policy.ts';
import { policyOf } from '../../team/policy.ts';
import type { Role } from '../../team/team.ts';
import { calledAs } from '../server-names.ts';
import type { Claim } from '../target.ts';
import { isPlain } from '../usable.ts';
import { entry, type LoweredTool, lastOfEach } from './opencode-entries.ts';
import type { WildcardRule } from './opencode-paths.ts';
import { intersect } from './wildcards.ts';

/**
 * MCP tools are keys of their own, `server_tool`, in the order of the rules: each rule is narrowed to what the role was
 * granted. The whole of `mcp` is every server that the role lists.
 */
export function lowerServers(role: Role): LoweredTool {
  const meant = policyOf(role, 'mcp');
  const { rules, otherwise } = meant.lists.at(-1)!;
  const granted = grantedServers(role);
  const narrowed = rules.flatMap(({ pattern, decision }) =>
    granted.flatMap((grant) => (intersect(pattern, grant) ?? []).map((both): WildcardRule => [both, decision])),
  );
  const written = lastOfEach(
    [...granted.map((grant): WildcardRule => [grant, otherwise]), ...narrowed],
    ([key]) => key,
  );
  const emitted: RuleList = {
    otherwise: 'deny',
    rules: written.map(([pattern, decision]) => ({ dialect: 'name', pattern, decision })),
  };
  return {
    entries: lastOfEach(
      written.map(([tools, decision]) => [calledAs(tools).replace('/', '_'), decision] as const),
      ([key]) => key,
    ).map(([key, decision]) => entry(key, decision)),
    policy: { lists: [emitted] },
    ...(isPlain(role, 'mcp') ? {} : { claim: serverClaim(granted, meant, emitted) }),
  };
}

/** What the role has of MCP: parts of servers, or every server that it lists. */
function grantedServers(role: Role): readonly string[] {
  const grants = role.grants.filter(({ tool }) => tool === 'mcp').map(({ pattern }) => pattern);
  const listed = Object.keys(role.fields['mcp-servers'] ?? {}).map((server) => `${server}/*`);
  return [...new Set(grants.flatMap((pattern) => (pattern === undefined || pattern === '*' ? listed : [pattern])))];
}

/** Servers that the role does not list are no concern: it is compared on those that it has. */
function serverClaim(granted: readonly string[], meant: Policy, emitted: RuleList): Claim {
  const listed: RuleList = {
    otherwise: 'deny',
    rules: granted.map((pattern) => ({ dialect: 'name', pattern, decision: 'allow' })),
  };
  const { verdict, cells } = compare({ lists: [listed, ...meant.lists] }, { lists: [emitted] }, { domain: 'name' });
  if (verdict === 'equal') return { level: 'native' };
  const cell = cells.find(({ from, to }) => from !== to);
  const shown = cell ? `: \`${cell.witness}\` is ${cell.to} there, ${cell.from} in the team` : '';
  return { level: 'prose', because: `opencode's keys for MCP are ${verdict} here${shown}` };
}
