import type { Role } from '../team/team.ts';

/** A name that a platform uses itself. */
export interface TakenName {
  readonly name: string;
  /** What becomes of the platform's own thing when a role has the name. */
  readonly because: string;
  /** Whether the platform needs it to work. */
  readonly needed?: true;
}

const taken = (because: string, ...names: readonly string[]): readonly TakenName[] =>
  names.map((name) => ({ name, because }));

const REPLACED = 'it takes the place of the one that the platform brings';
const INTERNAL = 'the platform uses that agent itself, to name and to sum up sessions';

/** Names that platforms use themselves; a role of such a name takes the place of what is there. */
const TAKEN: Readonly<Record<string, readonly TakenName[]>> = {
  'claude-code': taken(REPLACED, 'claude', 'Explore', 'general-purpose', 'Plan', 'statusline-setup'),
  opencode: [
    ...taken(REPLACED, 'build', 'plan', 'general', 'explore'),
    ...taken(INTERNAL, 'title', 'summary', 'compaction').map((one) => ({ ...one, needed: true as const })),
  ],
  roo: taken(REPLACED, 'code', 'architect', 'ask', 'debug', 'orchestrator'),
};

/** The name of a target's own that a role's name would take. */
export function takenName(target: string, id: string): TakenName | undefined {
  const key = nameKey(target, id);
  return TAKEN[target]?.find(({ name }) => nameKey(target, name) === key);
}

/** Equal for names that a platform takes for one when it looks for whom to start: Claude Code ignores case and separators. */
export function nameKey(target: string, id: string): string {
  return target === 'claude-code' ? id.toLowerCase().replace(/[-_\s]/g, '') : id.toLowerCase();
}

/** Why a platform can't start a role for another one, as the end of a sentence; nothing where it can. */
export function unstartable(target: string, { id, fields }: Role): string | undefined {
  if (target !== 'opencode') return undefined;
  if (/^(?:0|[1-9]\d*)$/.test(id))
    return 'a name that is a whole number is read before the rule that denies all others';
  return fields.mode === 'primary' ? 'primary agents are not among those that it offers to others' : undefined;
}
