import { policyComparer } from '../../src/analysis/compare-lists.ts';
import { decide } from '../../src/pattern/decide.ts';
import { builtinTarget } from '../../src/target/builtin.ts';
import { levelOf } from '../../src/target/claims.ts';
import { idsOf } from '../../src/target/compile.ts';
import { FEATURES, type Feature } from '../../src/target/features.ts';
import { flat } from '../../src/target/phrases.ts';
import type { Level, Plan } from '../../src/target/target.ts';
import { viewOf } from '../../src/target/view.ts';
import { hexOf } from '../../src/team/colors.ts';
import { policyOf } from '../../src/team/policy.ts';
import type { EdgeType, Reference, Role, Team } from '../../src/team/team.ts';
import { EDGE_TYPES } from '../../src/team/team.ts';
import { TOOLS, type Tool } from '../../src/team/tools.ts';
import { filesOf, importProject, planFor } from './back.ts';

/** A feature of a role whose value did not come back, and how the report of fidelity calls it. */
export interface Changed {
  readonly role: string;
  readonly feature: Feature | 'role';
  readonly level: Level;
  readonly was: unknown;
  readonly is: unknown;
}

/**
 * What `import(build(team))` says otherwise than the team, of all that the report of fidelity does not call lost. Values are those
 * that hold, after defaults and bases, in one form: one item alone for a list of one, a text in one line, models, colours and names
 * of roles as the platform writes them. Tools and their rules are compared by what they decide of every call.
 */
export function changedBy(team: Team, target: string): readonly Changed[] {
  const plan = planFor(team, target);
  const { loaded } = importProject(filesOf(plan));
  const before: Built = { team, plan, target, idOf: idsOf(team, builtinTarget(target)!) };
  const after: Built = { team: loaded.team, plan: planFor(loaded.team, target), target, idOf: ({ id }) => id };
  return [...team.roles.values()].flatMap((role): readonly Changed[] => {
    const back = loaded.team.roles.get(before.idOf(role));
    if (!back) return [{ role: role.id, feature: 'role', level: 'native', was: before.idOf(role), is: undefined }];
    const rows = plan.fidelity.filter((row) => row.role === role.id);
    const levels: Levels = new Map(rows.map(({ feature, level }) => [feature, level]));
    return [...changedFields(role, back, before, after, levels), ...changedRules(role, back, before, levels)];
  });
}

/** A team with what one target made of it. */
interface Built {
  readonly team: Team;
  readonly plan: Plan;
  readonly target: string;
  readonly idOf: IdOf;
}

type Levels = ReadonlyMap<string, Level>;

function changedFields(role: Role, back: Role, before: Built, after: Built, levels: Levels): readonly Changed[] {
  return FEATURES.flatMap((feature): readonly Changed[] => {
    // What the role does not say must come back unsaid, where the platform has a place for it.
    const level = levels.get(feature) ?? levelOf(builtinTarget(before.target)!.manifest, feature);
    if (level === 'lost' || feature === 'tools') return [];
    // Rules of a tool are compared by what they decide, and as they are written where the tool itself is lost.
    if (feature.startsWith('permissions.') && levels.get(toolRow(feature)) !== 'lost') return [];
    const was = heldOf(feature, role, before);
    const is = heldOf(feature, back, after);
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ role: role.id, feature, level, was, is }];
  });
}

function toolRow(feature: Feature): string {
  return feature.replace('permissions.', 'tools.');
}

function changedRules(role: Role, back: Role, { team, idOf }: Built, levels: Levels): readonly Changed[] {
  return (Object.keys(TOOLS) as Tool[]).flatMap((tool): readonly Changed[] => {
    const feature = `permissions.${tool}` as const;
    if (levels.get(`tools.${tool}`) === 'lost' || levels.get(feature) === 'lost') return [];
    return differences(tool, role, back, [...team.roles.values()], idOf).map(
      (change): Changed => ({ role: role.id, feature, level: levels.get(feature) ?? 'native', ...change }),
    );
  });
}

type IdOf = (role: Role) => string;

/** What holds of a feature, in one form. */
function heldOf(feature: Feature, role: Role, { team, target, idOf }: Built): unknown {
  if (feature.startsWith('permissions.'))
    return role.rules.flatMap(({ tool, decision, pattern }) =>
      feature === `permissions.${tool}` ? `${decision} ${pattern}` : [],
    );
  const { manifest } = builtinTarget(target)!;
  switch (feature) {
    case 'model':
    case 'mode':
    case 'proactive':
      return viewOf(role, team, manifest, idOf)[feature];
    case 'color':
      return role.fields.color && (hexOf(role.fields.color) ?? role.fields.color).toLowerCase();
    case 'name':
      return flat(role.fields.name ?? role.id);
    case 'instructions':
      return role.fields.instructions?.trim();
    case 'approval':
      return plain(
        role.edges.flatMap(({ to, approval }) => (approval ? [{ to, approval }] : [])),
        idOf,
      );
    case 'ladder':
      return plain(team.ladder, idOf);
    case 'workflow':
    case 'playbooks':
    case 'examples':
    case 'must':
      return plain(role.work[feature], idOf);
    case 'must-not':
      return plain(role.work.mustNot, idOf);
    default:
      return (EDGE_TYPES as readonly string[]).includes(feature)
        ? plain(edgesOf(role, feature as EdgeType), idOf)
        : plain(role.fields[feature as 'tags'], idOf);
  }
}

function edgesOf(role: Role, type: EdgeType): readonly object[] {
  return role.edges.filter((edge) => edge.type === type).map(({ from: _, type: __, ...edge }) => edge);
}

/** A value in one form: places left out, names instead of what they lead to, no difference between one item and a list of one. */
function plain(value: unknown, idOf: IdOf): unknown {
  if (typeof value === 'string') return flat(value);
  if (typeof value !== 'object' || value === null)
    return value === undefined || value === false ? undefined : String(value);
  if (Array.isArray(value)) {
    const list = value.map((item) => plain(item, idOf)).filter((item) => item !== undefined);
    return list.length < 2 ? list[0] : list;
  }
  if ('kind' in value) return nameOf(value as Reference, idOf);
  const pairs = Object.entries(value)
    .filter(([key, item]) => key !== 'at' && !(key === 'steps' && isPointer(item)))
    .map(([key, item]) => [flat(key), plain(item, idOf)] as const)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (pairs.length === 0) return undefined;
  const [[key, only]] = pairs as [[string, unknown]];
  return pairs.length === 1 && ['do', 'path', 'role', 'request', 'to'].includes(key) ? only : Object.fromEntries(pairs);
}

/** The steps from a field to a part of it, which are no steps of work. */
function isPointer(steps: unknown): boolean {
  return Array.isArray(steps) && typeof steps[0] !== 'object';
}

function nameOf(reference: Reference, idOf: IdOf): string {
  switch (reference.kind) {
    case 'role':
      return idOf(reference.role);
    case 'person':
      return `person ${reference.person.id}`;
    case 'group':
      return `group ${reference.group.members.map(idOf).sort().join(' ')}`;
    case 'word':
      return reference.word;
    case 'unresolved':
      return reference.name;
  }
}

const compared = policyComparer();

/** The calls of a tool that are decided otherwise, or that could not be compared. */
function differences(
  tool: Tool,
  role: Role,
  back: Role,
  roles: readonly Role[],
  idOf: IdOf,
): readonly { was: unknown; is: unknown }[] {
  const [a, b] = [policyOf(role, tool), policyOf(back, tool)];
  if (tool === 'delegate' || tool === 'switch-role')
    return roles.flatMap((other) => {
      const [was, is] = [decide(a, other.id).decision, decide(b, idOf(other)).decision];
      return was === is ? [] : [{ was: `${was} ${other.id}`, is }];
    });
  const dialect = TOOLS[tool];
  const domains = dialect === 'path' ? (['path', 'outside-path'] as const) : [dialect];
  return domains.flatMap((domain) => {
    const { cells, complete } = compared(domain, a, b);
    return [
      ...cells.map(({ from, to, witness }) => ({ was: `${from} ${witness}`, is: to })),
      ...(complete ? [] : [{ was: 'undecided', is: domain }]),
    ];
  });
}
