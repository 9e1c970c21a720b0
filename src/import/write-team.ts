import { type Comment, printYaml } from '../document/print-yaml.ts';
import { check } from '../schema/check.ts';
import type { Draft } from './draft.ts';
import { differing } from './platforms-differ.ts';
import type { PlatformTeam } from './read-project.ts';
import { type StandIn, standIn } from './stand-in.ts';

/** A file of the new team. */
export interface TeamFile {
  /** From the team's folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** A role of the new team. */
export interface WrittenRole {
  readonly id: string;
  readonly drafts: readonly Draft[];
  readonly fields: Readonly<Record<string, unknown>>;
  /** Fields that the language can't take as they are; they are kept under `x-`. */
  readonly unfit: readonly string[];
  /** Where its description is from, when no file has one. */
  readonly described?: StandIn;
}

/** A team, ready to be written. */
export interface WrittenTeam {
  readonly files: readonly TeamFile[];
  readonly roles: readonly WrittenRole[];
}

/** The order in which people read a role. */
const ORDER = [
  ...['name', 'description', 'when-to-use', 'proactive', 'icon', 'color', 'level', 'department', 'categories', 'tags'],
  ...['aliases', 'version', 'mission', 'model', 'temperature', 'max-turns', 'mode', 'tools', 'permissions', 'must-not'],
  ...['must', 'delegates-to', 'delegation', 'escalates-to', 'reports-to', 'receives-from', 'collaborates-with'],
];

/**
 * Writes the agents of a project as a team: one role for all platforms that have an agent of that name. Findings of the
 * `lenient` rules came with the files; they are made warnings, so that the team can be built before they are mended.
 */
export function writeTeam(teams: readonly PlatformTeam[], lenient: readonly string[] = []): WrittenTeam {
  const roles = mergedRoles(teams);
  const definition = {
    ...mergedDefinition(teams),
    ...(lenient.length > 0 ? { lint: { rules: Object.fromEntries(lenient.map((rule) => [rule, 'warning'])) } } : {}),
  };
  return {
    files: [
      {
        path: 'team.yaml',
        text: printYaml(
          definition,
          teamComments(teams).filter(({ pointer }) => pointer[0] === undefined || pointer[0] in definition),
        ),
      },
      ...roles.map((role) => ({ path: `roles/${role.id}.md`, text: roleText(role) })),
    ],
    roles,
  };
}

function mergedRoles(teams: readonly PlatformTeam[]): readonly WrittenRole[] {
  const byId = new Map<string, Draft[]>();
  for (const { drafts } of teams)
    for (const draft of drafts) {
      const key = draft.agent.id.toLowerCase();
      byId.set(key, [...(byId.get(key) ?? []), draft]);
    }
  const foreign = isForeign(teams);
  return [...byId.values()].map((drafts) => {
    const merged = mergedFields(drafts, teams);
    const fields = foreign
      ? merged
      : drafts.reduce(
          (all, draft) =>
            withVerbatim(all, teams.find(({ reader }) => reader.platform === draft.agent.platform)!, draft),
          merged,
        );
    const described = fields['description'] === undefined ? standIn(drafts[0]!) : undefined;
    const { fit, unfit } = fitting(ordered(described ? { ...fields, description: described.text } : fields));
    return { id: drafts[0]!.agent.id, drafts, fields: fit, unfit, ...(described ? { described } : {}) };
  });
}

/** The fields of one agent on all its platforms; what a later platform says differently is kept under `x-<platform>`. */
function mergedFields([first, ...others]: readonly Draft[], teams: readonly PlatformTeam[]): Record<string, unknown> {
  const several = teams.length > 1;
  const fields: Record<string, unknown> = { ...first!.fields, ...(several ? ownDefaults(first!, teams) : {}) };
  for (const other of others) {
    const rest = mergeInto(
      fields,
      { ...other.fields, ...ownDefaults(other, teams) },
      new Set(differing(first!, other)),
    );
    if (Object.keys(rest).length > 0) fields[`x-${other.agent.platform}`] = rest;
  }
  return fields;
}

/** Adds what is new to fields, and answers what they say differently. */
function mergeInto(
  fields: Record<string, unknown>,
  more: Readonly<Record<string, unknown>>,
  differ: ReadonlySet<string>,
): Readonly<Record<string, unknown>> {
  const rest: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(more)) {
    if (field === 'targets') fields[field] = { ...(fields[field] as object), ...(value as object) };
    else if (fields[field] === undefined && field !== 'permissions') fields[field] = value;
    else if (isText(field) ? differ.has(field) : JSON.stringify(fields[field]) !== JSON.stringify(value))
      rest[field] = value;
  }
  return rest;
}

/** Fields in which white space makes no difference. */
function isText(field: string): boolean {
  return field === 'description' || field === 'instructions';
}

/** What a platform's settings give each of its agents, where other platforms' agents must not have it too. */
function ownDefaults(draft: Draft, teams: readonly PlatformTeam[]): Record<string, unknown> {
  const defaults = teams.find(({ reader }) => reader.platform === draft.agent.platform)?.definition['defaults'];
  const permissions = (defaults as { permissions?: unknown } | undefined)?.permissions;
  if (permissions === undefined) return {};
  const own = draft.fields['permissions'];
  return { permissions: [permissions, ...(own === undefined ? [] : [own])].flat() };
}

function mergedDefinition(teams: readonly PlatformTeam[]): Record<string, unknown> {
  const merged: Record<string, unknown> = {};
  for (const { definition } of teams)
    for (const [key, value] of Object.entries(definition)) merged[key] = mergedValue(key, merged[key], value);
  const { permissions: shared, ...defaults } = (merged['defaults'] ?? {}) as Record<string, unknown>;
  merged['defaults'] = {
    ...defaults,
    ...(shared === undefined || teams.length > 1 ? {} : { permissions: shared }),
    ...(isForeign(teams) ? { targets: Object.fromEntries(teams.map(({ reader }) => [reader.target, VERBATIM])) } : {}),
  };
  merged['targets'] = Object.fromEntries(teams.map(({ reader }) => [reader.target, {}]));
  const entry = merged['entry'] as readonly string[];
  if (entry.length === 1) merged['entry'] = entry[0];
  return merged;
}

const UNDESCRIBED = 'No file says what this role is for. Others read it when they choose whom to give work to.';

/** The prompts are built as they stand. */
const VERBATIM = { prompt: 'verbatim' };

/** Whether no file of any agent was written by teamc. */
function isForeign(teams: readonly PlatformTeam[]): boolean {
  return teams.every(({ own }) => own.size === 0);
}

/** Says for one role alone that its prompt is built as it stands, where others are teamc's own. */
function withVerbatim(
  fields: Record<string, unknown>,
  { reader, own }: PlatformTeam,
  draft: Draft,
): Record<string, unknown> {
  if (own.has(draft)) return fields;
  const targets = (fields['targets'] ?? {}) as Readonly<Record<string, object>>;
  return { ...fields, targets: { ...targets, [reader.target]: { ...targets[reader.target], ...VERBATIM } } };
}

/** What two platforms say of one part of the team file; of what can't be both, the first. */
function mergedValue(key: string, known: unknown, value: unknown): unknown {
  if (known === undefined) return value;
  if (key === 'models') return mergedModels(known as Models, value as Models);
  if (key === 'entry') return [...new Set([...(known as readonly string[]), ...(value as readonly string[])])];
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isMap ? { ...value, ...(known as object) } : known;
}

type Models = Readonly<Record<string, Readonly<Record<string, string>>>>;

function mergedModels(a: Models, b: Models): Models {
  return Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((name) => [name, { ...a[name], ...b[name] }]),
  );
}

function teamComments(teams: readonly PlatformTeam[]): readonly Comment[] {
  return [
    {
      pointer: ['defaults', 'targets'],
      text: 'Prompts are built as they stand in the roles, without sections and titles; take this out to have teamc write them.',
    },
    ...teams.flatMap(({ common }) => common?.comments ?? []),
    {
      pointer: ['lint'],
      text: 'These came with the files. Take this out once they are mended: then nothing new of the kind gets in.',
    },
  ];
}

function ordered(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const rank = (key: string): number => {
    const at = ORDER.indexOf(key);
    if (at !== -1) return at;
    return key.startsWith('x-') ? ORDER.length + 2 : key === 'targets' ? ORDER.length + 1 : ORDER.length;
  };
  return Object.fromEntries(Object.entries(fields).toSorted(([a], [b]) => rank(a) - rank(b)));
}

/** What the language takes; fields that it does not take as they are stay under `x-`. */
function fitting(fields: Record<string, unknown>): { fit: Record<string, unknown>; unfit: readonly string[] } {
  const unfit = new Set(
    check('role', fields, { file: '', pointer: [] }).flatMap(({ at }) =>
      typeof at.pointer[0] === 'string' ? [at.pointer[0]] : [],
    ),
  );
  if (unfit.size === 0) return { fit: fields, unfit: [] };
  const fit = Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [unfit.has(key) ? `x-${key}` : key, value]),
  );
  return { fit, unfit: [...unfit] };
}

function roleText({ fields, drafts, described }: WrittenRole): string {
  const { instructions, ...rest } = fields;
  const comments: Comment[] = drafts.flatMap((draft) => draft.comments);
  if (described) comments.push({ pointer: ['description'], text: UNDESCRIBED });
  const header = printYaml(rest, comments);
  const body = typeof instructions === 'string' ? `\n${instructions.replaceAll('\r\n', '\n')}\n` : '';
  return `---\n${header}---\n${body}`;
}
