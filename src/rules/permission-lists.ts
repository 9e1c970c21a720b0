import type { PermissionEntry } from '../team/permissions.ts';
import { splitTool } from '../team/tools.ts';

/** The steps that lead to the list that a rule was written in: those up to its tool. */
function listOf({ tool, at: { file, pointer } }: PermissionEntry): string {
  const end = pointer.findLastIndex((step) => typeof step === 'string' && splitTool(step).name === tool);
  return JSON.stringify([file, ...pointer.slice(0, end + 1)]);
}

/** Whether two rules were written in one list. */
export function areTogether(one: PermissionEntry, other: PermissionEntry): boolean {
  return listOf(one) === listOf(other);
}

/** Whether a rule is the base line of a list: it comes first and is about every call. */
export function isBaseLine(entry: PermissionEntry): boolean {
  const { tool, pattern, at } = entry;
  const end = at.pointer.findLastIndex((step) => typeof step === 'string' && splitTool(step).name === tool);
  return pattern === '*' && at.pointer.slice(end + 1).every((step) => typeof step === 'string' || step === 0);
}
