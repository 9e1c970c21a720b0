import type { RoleDefinition } from '../schema/generated/definitions.ts';
import type { Role, Team } from '../team/team.ts';
import { TOOLS, type Tool } from '../team/tools.ts';
import type { Place } from '../text/place.ts';

/** Fields that mean something only while teamc compiles; no platform needs to carry them. */
export const COMPILE_TIME = ['aliases', 'extends', 'abstract', 'targets'] as const;

/** Fields of a role that every target answers for, in the order of the language. */
export const FIELDS = [
  'name',
  'description',
  'when-to-use',
  'proactive',
  'icon',
  'color',
  'level',
  'department',
  'categories',
  'tags',
  'version',
  'model',
  'temperature',
  'max-turns',
  'mode',
  'tools',
  'must-not',
  'must',
  'delegates-to',
  'delegation',
  'escalates-to',
  'reports-to',
  'receives-from',
  'collaborates-with',
  'accepts',
  'expertise',
  'capacity',
  'owns',
  'reads',
  'stack',
  'skills',
  'mcp-servers',
  'quality-gates',
  'metrics',
  'handoff',
  'messages',
  'workflow',
  'playbooks',
  'examples',
  'mission',
  'responsibilities',
  'capabilities',
  'priorities',
  'standards',
  'decisions',
  'instructions',
] as const satisfies readonly (keyof RoleDefinition)[];

type Field = (typeof FIELDS)[number];

/** The permission rules of one tool. */
export type PermissionFeature = `permissions.${Tool}`;

/** Everything a role can say that a target carries or loses; adding one makes every manifest incomplete until it answers. */
export type Feature = Field | PermissionFeature | 'approval' | 'ladder';

const PERMISSIONS = (Object.keys(TOOLS) as Tool[]).map((tool): PermissionFeature => `permissions.${tool}`);

/** Every feature, fields first. */
export const FEATURES: readonly Feature[] = [...FIELDS, ...PERMISSIONS, 'approval', 'ladder'];

/** What limits a role: `build --require` concerns only these. How work must be handed on is a duty and limits nothing. */
export function limits(feature: Feature): boolean {
  return ['tools', 'must-not', 'delegates-to', 'approval'].includes(feature) || feature.startsWith('permissions.');
}

/** Where a role says something of a feature, if it does. */
export function saidAt(feature: Feature, role: Role, team: Team): Place | undefined {
  if (feature === 'approval') return role.edges.find(({ approval }) => approval !== undefined)?.at;
  if (feature === 'ladder') return team.ladderSaid ? team.ladder[0]?.at : undefined;
  if (feature.startsWith('permissions.')) {
    const tool = feature.slice('permissions.'.length);
    return (
      role.rules.find((rule) => rule.tool === tool) ?? role.grants.find((grant) => grant.tool === tool && grant.pattern)
    )?.at;
  }
  return role.fields[feature as Field] === undefined ? undefined : role.place(feature);
}
