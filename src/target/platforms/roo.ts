import { compare } from '../../pattern/compare.ts';
import { UnsupportedPattern } from '../../pattern/expression.ts';
import { policyOfRegExp } from '../../pattern/look-ahead.ts';
import { normalizePath } from '../../pattern/normal.ts';
import type { PatternRule, Policy, RuleList } from '../../pattern/policy.ts';
import { policyOf } from '../../team/policy.ts';
import type { Role } from '../../team/team.ts';
import { TOOLS, type Tool } from '../../team/tools.ts';
import type { Feature } from '../features.ts';
import { manifests } from '../generated/manifests.ts';
import { brought } from '../left-out.ts';
import { flat } from '../phrases.ts';
import { lengthsNote } from '../summary.ts';
import type { Claim, Enforced, Manifest, Platform } from '../target.ts';
import { isPlain, remembered, usable } from '../usable.ts';
import type { RoleView } from '../view.ts';
import { constantly } from './constantly.ts';
import { fileRegexOf } from './roo-regex.ts';

/** A group of tools as `.roomodes` writes it: its name, or its name with the files that it may edit. */
type Group = string | readonly [name: 'edit', options: { readonly fileRegex: string; readonly description?: string }];

/** The groups, and the tools of the language that each one brings. */
const GROUPS: Readonly<Record<string, readonly Tool[]>> = {
  read: ['read', 'search'],
  edit: ['edit'],
  command: ['shell'],
  mcp: ['mcp'],
};

/** Tools that every mode has, whatever its groups. */
const ALWAYS: ReadonlySet<string> = new Set([...((manifests['roo'] as Manifest).always ?? []), 'delegate']);

const SESSION = 'Roo limits commands for the whole session, not for one mode';

/** Roo: groups of tools, and a regular expression for the files that a mode may edit. */
export const roo: Platform = {
  /** Slugs are letters, digits and hyphens. */
  id: (role) => role.id.replaceAll(/[/_]/g, '-'),
  lower(view, role, { manifest }) {
    const { fileRegex, fileDescription, rules, description, ...rest } = view.extra;
    const edit = withOwnRegex(editGroup(role), role, fileRegex, fileDescription);
    const whole = view.verbatim && rules !== 'files';
    return {
      view: {
        roleDefinition: view.verbatim ? (role.fields.mission ?? definitionOf(view, role)) : definitionOf(view, role),
        notes: view.notes + (view.whenToUse && view.whenToUse === view.description ? lengthsNote(view) : ''),
        use: view.whenToUse || (view.verbatim ? '' : view.description),
        description: view.verbatim && description === 'none' ? '' : view.description,
        customInstructions: whole ? view.instructions : '',
        inFile: !whole,
        groups: groupsOf(role, edit.group),
      },
      claims: claimsOf(role, edit.claim, manifest),
      refused: Object.keys(rest)
        .filter((field) => !field.startsWith('x-'))
        .map((field) => ({ field, because: 'Roo modes have no fields of their own that teamc passes on' })),
    };
  },
  enforced,
  readings: (line) => [line],
};

const MISSING = 'Roo has no such tool';

const ASKED = "Whether a person is asked is the session's setting";

/** Of the tools that every mode has, those for which Roo asks nobody. */
const UNASKED: ReadonlySet<Tool> = new Set(['ask-user', 'complete', 'todo']);

/**
 * What a mode can do, in a session whose settings approve nothing by themselves: then a person is asked for whatever the
 * groups and the fileRegex leave.
 */
function enforced(role: Role, tool: Tool): Enforced {
  if (ALWAYS.has(tool)) {
    const because = 'Every mode has this, and Roo cannot limit it';
    return { level: 'prose', because, policy: constantly(UNASKED.has(tool) ? 'allow' : 'ask') };
  }
  const group = Object.values(GROUPS).find((tools) => tools.includes(tool));
  if (!group) return { level: 'native', because: MISSING, policy: constantly('deny') };
  const edit = GROUPS['edit'] === group ? editGroup(role) : undefined;
  const plain = isPlain(role, tool) && usable(role, tool);
  const claim = (plain ? edit?.claim : toolClaim(role, tool, edit?.claim)) ?? { level: 'native', because: ASKED };
  if (!group.some((other) => usable(role, other))) return { level: 'native', policy: constantly('deny') };
  return { ...claim, policy: editable(edit?.group) };
}

function asked(rule: PatternRule): PatternRule {
  return rule.decision === 'allow' ? { ...rule, decision: 'ask' } : rule;
}

function editable(group: Group | undefined): Policy {
  if (group === undefined || typeof group === 'string') return constantly('ask');
  const { fileRegex } = group[1];
  const whole: RuleList = { otherwise: 'deny', rules: [{ dialect: 'regexp', pattern: fileRegex, decision: 'allow' }] };
  const { lists } = attempt(() => policyOfRegExp(fileRegex)) ?? { lists: [whole] };
  return { lists: lists.map((list) => ({ ...list, rules: list.rules.map(asked) })) };
}

function definitionOf({ name, description }: RoleView, { fields }: Role): string {
  return [`You are ${name}. ${description}`, ...(fields.mission ? [flat(fields.mission)] : [])].join(' ');
}

function groupsOf(role: Role, edit: Group): readonly Group[] {
  return Object.entries(GROUPS)
    .filter(([, tools]) => tools.some((tool) => usable(role, tool)))
    .map(([name]) => (name === 'edit' ? edit : name));
}

/** The edit group, with a regular expression that equals the path rules where the role has any. */
function editGroup(role: Role): { readonly group: Group; readonly claim: Claim | undefined } {
  if (!usable(role, 'edit') || isPlain(role, 'edit')) return { group: 'edit', claim: undefined };
  const meant = policyOf(role, 'edit');
  const fileRegex = fileRegexOf(meant);
  if (fileRegex === undefined)
    return { group: 'edit', claim: { level: 'prose', because: 'A fileRegex allows or denies; it cannot ask' } };
  const group = ['edit', { fileRegex, description: 'Files that the team lets this role edit' }] as const;
  return { group, claim: judged({ lists: meant.lists }, fileRegex) };
}

/** The expression that an imported mode had, where it leaves no more than the role may edit. */
function withOwnRegex(
  edit: ReturnType<typeof editGroup>,
  role: Role,
  given: unknown,
  description: unknown,
): ReturnType<typeof editGroup> {
  if (typeof given !== 'string' || !usable(role, 'edit')) return edit;
  if (typeof edit.group === 'string' && !isPlain(role, 'edit')) return edit;
  const meant = policyOf(role, 'edit');
  if (!isPlain(role, 'edit') && difference({ lists: meant.lists }, given) !== undefined) return edit;
  const words = typeof description === 'string' ? { description } : {};
  return { group: ['edit', { fileRegex: given, ...words }], claim: edit.claim };
}

/** A glob that needs no tidying is written as an equal expression; for any other the two are compared. */
const judged = remembered((meant: Policy, fileRegex: string): Claim => {
  const plain = meant.lists.every(({ rules }) => rules.every(({ pattern }) => normalizePath(pattern) === pattern));
  const differs = plain ? undefined : difference(meant, fileRegex);
  if (differs !== undefined) return { level: 'prose', because: differs };
  return { level: 'native', because: "Whether a person is asked is the session's setting" };
});

/** Where a fileRegex differs from what is not denied, with a path that shows it; nothing where they are equal. */
export function difference(meant: Policy, fileRegex: string): string | undefined {
  const yesOrNo: Policy = {
    lists: meant.lists.map(({ rules, otherwise }) => ({
      otherwise: otherwise === 'deny' ? 'deny' : 'allow',
      rules: rules.map((rule) => ({ ...rule, decision: rule.decision === 'deny' ? 'deny' : 'allow' })),
    })),
  };
  const compared = attempt(() => {
    return compare(yesOrNo, policyOfRegExp(fileRegex), { domain: 'path' });
  });
  if (!compared) return 'Whether the fileRegex equals the rules could not be decided';
  if (compared.verdict === 'equal') return undefined;
  const cell = compared.cells.find(({ from, to }) => from !== to);
  const shown = cell ? `: \`${cell.witness}\` is ${cell.to} there, ${cell.from} in the team` : '';
  return `The fileRegex is ${compared.verdict} here${shown}`;
}

/** Some regular expressions have no automaton; then nothing is claimed. */
function attempt<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof UnsupportedPattern) return undefined;
    throw error;
  }
}

function claimsOf(role: Role, edit: Claim | undefined, manifest: Manifest): ReadonlyMap<Feature, Claim> {
  const claims = new Map<Feature, Claim>();
  for (const tool of Object.keys(TOOLS) as Tool[]) {
    if (isPlain(role, tool) && tool !== 'delegate') continue;
    const claim = toolClaim(role, tool, edit);
    if (claim) claims.set(`permissions.${tool}`, claim);
  }
  const more = brought(role, manifest);
  const extra = more.filter((tool) => !ALWAYS.has(tool));
  if (extra.length > 0)
    claims.set('tools', { level: 'prose', because: `The group that is needed also brings ${extra.join(', ')}` });
  else if (more.length === 0) claims.set('tools', { level: 'native' });
  return claims;
}

function toolClaim(role: Role, tool: Tool, edit: Claim | undefined): Claim | undefined {
  if (tool === 'edit' && edit) return edit;
  if (ALWAYS.has(tool)) return { level: 'prose', because: 'Every mode has this, and Roo cannot limit it' };
  const group = Object.values(GROUPS).find((tools) => tools.includes(tool));
  if (!group) return { level: 'native', because: MISSING };
  if (!usable(role, tool)) {
    const comes = group?.some((other) => other !== tool && usable(role, other));
    return comes ? { level: 'prose', because: 'Another tool of its group brings it' } : { level: 'native' };
  }
  return { level: 'prose', because: tool === 'shell' ? SESSION : 'Modes hold no rules for arguments' };
}
