import { type CommandReason, type CommandRuling, rulingsOn, worstOf } from '../pattern/decide-command.ts';
import type { Decision } from '../pattern/policy.ts';
import { policyOf, type ToolPolicy } from '../team/policy.ts';
import type { Role } from '../team/team.ts';
import type { Tool } from '../team/tools.ts';
import { type Said, said } from './said.ts';

/** One thing that a command line would do: run a command or write a file; or what else makes it a question. */
export interface PartRuling {
  readonly kind: CommandReason['kind'];
  /** The command, the file, or why the line can't be split. */
  readonly text: string;
  readonly decision: Decision;
  /** Nothing where no rule was asked. */
  readonly said?: Said;
}

/** The decision on a call, and what it came from. */
export interface CallRuling {
  readonly role: Role;
  readonly tool: Tool;
  readonly argument: string;
  readonly decision: Decision;
  /** What decided it; nothing where the form of a command line did. */
  readonly said?: Said;
  /** For a command line, all that it would do. */
  readonly parts: readonly PartRuling[];
  /** The part that decides for the whole line. */
  readonly worst?: PartRuling;
}

/** Decides calls, and remembers the policies: one of these answers for as many calls as are asked. */
export function rulings(): (role: Role, tool: Tool, argument: string) => CallRuling {
  const known = new Map<Role, Map<Tool, ToolPolicy>>();
  const policy = (role: Role, tool: Tool): ToolPolicy => {
    const own = known.get(role) ?? new Map<Tool, ToolPolicy>();
    known.set(role, own);
    const found = own.get(tool) ?? policyOf(role, tool);
    own.set(tool, found);
    return found;
  };
  return (role, tool, argument) => {
    const call = { role, tool, argument };
    if (tool === 'shell') return lineRuling(call, policy(role, 'shell'), policy(role, 'edit'));
    const found = said(policy(role, tool), argument);
    return { ...call, decision: found.decision, said: found, parts: [] };
  };
}

function lineRuling(
  call: Pick<CallRuling, 'role' | 'tool' | 'argument'>,
  shell: ToolPolicy,
  edit: ToolPolicy,
): CallRuling {
  const each = rulingsOn(shell, call.argument, edit);
  const parts = each.map((ruling) => partOf(ruling, shell, edit));
  const worst = parts[each.indexOf(worstOf(each))]!;
  return { ...call, decision: worst.decision, parts, worst, ...(worst.said ? { said: worst.said } : {}) };
}

function partOf({ decision, because }: CommandRuling, shell: ToolPolicy, edit: ToolPolicy): PartRuling {
  const { kind } = because;
  switch (kind) {
    case 'part':
      return { kind, decision, text: because.text, said: said(shell, because.text) };
    case 'write':
      return { kind, decision, text: because.path, said: said(edit, because.path) };
    case 'assignment':
      return { kind, decision, text: because.text };
    case 'unsplittable':
      return { kind, decision, text: because.reason };
  }
}
