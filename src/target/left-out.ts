import { findCall } from '../pattern/find.ts';
import { hasTool, policyOf } from '../team/policy.ts';
import type { Role } from '../team/team.ts';
import { TOOLS, type Tool } from '../team/tools.ts';
import type { Manifest } from './target.ts';
import { remembered, usable } from './usable.ts';

/** The tools of a role that a platform's files do not give it, and why. */
export function leftOut(role: Role, manifest: Manifest): ReadonlyMap<Tool, string> {
  return new Map(
    (Object.keys(TOOLS) as Tool[]).flatMap((tool) => {
      const because = tool !== 'delegate' && hasTool(role, tool) ? reason(role, tool, manifest) : undefined;
      return because === undefined ? [] : [[tool, because] as const];
    }),
  );
}

function reason(role: Role, tool: Tool, { title, tools = {}, always = [] }: Manifest): string | undefined {
  if (!Object.hasOwn(tools, tool)) {
    if (tool === 'complete') return 'Every agent can finish, and no file gives it or takes it away';
    return always.includes(tool) ? undefined : `${title} has no such tool`;
  }
  if (TOOLS[tool] !== 'path' || usable(role, tool) || !leavesOutside(policyOf(role, tool))) return undefined;
  return 'Its rules deny every path of the project, so it is left out, for paths outside too';
}

/** Why a role that has all of MCP gets less where servers are named: only those that it lists can be. */
export function unnamedServers({ grants }: Role): ReadonlyMap<Tool, string> {
  const whole = grants.some(({ tool, pattern }) => tool === 'mcp' && (pattern === undefined || pattern === '*'));
  return new Map(whole ? [['mcp', 'Servers are given by name, and only those under mcp-servers have one here']] : []);
}

const leavesOutside = remembered(
  (policy) => findCall(policy, { decisions: ['allow', 'ask'], domain: 'outside-path' }) !== 'none',
);

/**
 * The tools that a platform's files give beyond what the role has: those that everybody has there, and those that come with
 * one of the role's own. To finish is no such tool: whoever could not would never end.
 */
export function brought(role: Role, { tools = {}, always = [] }: Manifest): readonly Tool[] {
  const given = new Set(
    (Object.keys(TOOLS) as Tool[]).flatMap((tool) => (usable(role, tool) ? (tools[tool] ?? []) : [])),
  );
  const comes = (tool: Tool): boolean => {
    const names = tools[tool] ?? [];
    return always.includes(tool) || (names.length > 0 && names.every((name) => given.has(name)));
  };
  return (Object.keys(TOOLS) as Tool[]).filter((tool) => tool !== 'complete' && !hasTool(role, tool) && comes(tool));
}
