import type { Role, Team } from '../team/team.ts';
import { isTool, splitTool } from '../team/tools.ts';
import { claimOf } from './claims.ts';
import { FEATURES, type Feature, saidAt } from './features.ts';
import { leftOut } from './left-out.ts';
import {
  type Claim,
  type Fidelity,
  LEVELS,
  type Lowered,
  type Lowering,
  type Plan,
  type PlannedFile,
  type Target,
} from './target.ts';
import { isPlain } from './usable.ts';
import { type RoleView, viewOf } from './view.ts';

/** How a team is to be built. */
export interface CompileOptions {
  /** One of the manifest's other forms, such as `plugin`; the project's own files when left out. */
  readonly form?: string;
}

/** Turns a team into the files that one platform wants, and says how well each feature is carried. Nothing is written here. */
export function compile(team: Team, target: Target, { form }: CompileOptions = {}): Plan {
  const { manifest, platform } = target;
  const idOf = idsOf(team, target);
  const settings = (team.definition.targets?.[manifest.target] ?? {}) as Readonly<Record<string, unknown>>;
  const nameOf = (role: Role): string => platform?.reference?.(idOf(role), team, form) ?? idOf(role);
  const context: Lowering = { team, manifest, settings, idOf: nameOf, form };
  const roles = [...team.roles.values()].map((role) => {
    const view = { ...viewOf(role, team, manifest, nameOf), id: idOf(role) };
    const lowered = platform?.lower(view, role, context) ?? { view: {} };
    return { role, lowered, view: { ...view, ...lowered.view } };
  });
  const teamView = {
    name: team.name,
    description: team.definition.description ?? '',
    entries: team.entries.map(idOf),
    source: team.at.file,
    roles: roles.map(({ view }) => view),
    ...platform?.lowerTeam?.(team, context).view,
  };
  return {
    target: manifest.target,
    files: filesOf(target, form, teamView, roles),
    fidelity: roles.flatMap(({ role, lowered, view }) => fidelityOf(role, team, target, lowered, view.verbatim)),
    problems: collisions(team, idOf, manifest.target),
  };
}

/** The file for a role or for the team, unless its template comes out empty: then there is nothing to write. */
function filesOf(
  { manifest, render }: Target,
  form: string | undefined,
  team: object,
  roles: readonly { readonly role: Role; readonly view: RoleView }[],
): readonly PlannedFile[] {
  const files = form === undefined ? manifest.emit : (manifest.as?.[form] ?? []);
  return files
    .flatMap((file): PlannedFile[] =>
      file.for === 'team'
        ? [{ path: file.path, content: render(file.template, team), from: 'team', shared: file.shared === true }]
        : roles.map(({ role, view }) => ({
            path: file.path.replaceAll('{{id}}', view.id),
            content: render(file.template, view),
            from: role.id,
            shared: file.shared === true,
          })),
    )
    .filter(({ content }) => content.trim() !== '');
}

/** The id of each role as the platform writes it. */
export function idsOf(team: Team, { manifest, platform }: Target): (role: Role) => string {
  const flat = (manifest.ids ?? 'flat') === 'flat';
  const ids = new Map<Role, string>();
  for (const role of team.roles.values())
    ids.set(role, platform?.id?.(role) ?? (flat ? role.id.replaceAll('/', '-') : role.id));
  return (role) => ids.get(role) ?? role.id;
}

function collisions(team: Team, idOf: (role: Role) => string, target: string): Plan['problems'] {
  const first = new Map<string, Role>();
  return [...team.roles.values()].flatMap((role) => {
    const id = idOf(role).toLowerCase();
    const other = first.get(id);
    if (!other) {
      first.set(id, role);
      return [];
    }
    return [
      {
        rule: 'name-collision',
        severity: 'error',
        at: role.at,
        role: role.id,
        message: `On ${target} both "${other.id}" and "${role.id}" are called "${idOf(role)}".`,
        related: [{ at: other.at, message: `"${other.id}" stands here` }],
        help: 'Give one of them another id.',
      } as const,
    ];
  });
}

/** What a prompt that is written as it stands makes of everything that would have been a section of it. */
const UNSAID: Claim = { level: 'lost', because: 'The prompt is written as it stands, without sections' };

function fidelityOf(
  role: Role,
  team: Team,
  { manifest }: Target,
  lowered: Lowered,
  verbatim: boolean,
): readonly Fidelity[] {
  const target = manifest.target;
  const claimFor = (feature: Feature): Claim => lowered.claims?.get(feature) ?? plainClaim(feature, manifest);
  const said = FEATURES.flatMap((feature): readonly Fidelity[] => {
    const at = saidAt(feature, role, team);
    if (!at) return [];
    const claim = feature === 'must-not' ? prohibitionClaim(role, claimFor) : claimFor(feature);
    if (verbatim && claim.level === 'prose' && feature !== 'instructions')
      return [{ role: role.id, feature, target, at, ...UNSAID }];
    return [{ role: role.id, feature, target, at, ...claim }];
  });
  const missing = [...leftOut(role, manifest), ...(lowered.leftOut ?? [])].map(
    ([tool, because]): Fidelity => ({
      role: role.id,
      feature: `tools.${tool}`,
      target,
      level: 'lost',
      because,
      at: role.grants.find((grant) => grant.tool === tool)?.at ?? role.at,
    }),
  );
  const refused = (lowered.refused ?? []).map(
    ({ field, because }): Fidelity => ({
      role: role.id,
      feature: `targets.${target}.${field}`,
      target,
      level: 'lost',
      because,
      at: role.place('targets', target, field),
    }),
  );
  return [...said, ...missing, ...refused];
}

/** A prohibition is held as well as the rules that deny its calls; one without calls is only words. */
function prohibitionClaim(role: Role, claimFor: (feature: Feature) => Claim): Claim {
  const { mustNot } = role.work;
  if (mustNot.some(({ calls }) => calls.length === 0))
    return { level: 'prose', because: 'Some prohibition names no calls that could be denied' };
  const tools = [...new Set(mustNot.flatMap(({ calls }) => calls.map(({ tool }) => splitTool(tool).name)))].filter(
    isTool,
  );
  const claims = tools.map((tool) => (isPlain(role, tool) ? claimFor('tools') : claimFor(`permissions.${tool}`)));
  const weakest = claims.reduce<Claim>((worst, claim) => (isWeaker(claim, worst) ? claim : worst), { level: 'native' });
  return { level: weakest.level, because: weakest.because ?? 'Each of its calls is denied by the rules of its tool' };
}

function isWeaker(a: Claim, b: Claim): boolean {
  return LEVELS.indexOf(a.level) > LEVELS.indexOf(b.level);
}

function plainClaim(feature: Feature, manifest: Target['manifest']): Claim {
  const claim = claimOf(manifest, feature);
  return typeof claim === 'string' ? { level: claim } : claim;
}
