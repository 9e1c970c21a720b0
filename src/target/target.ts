import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Policy } from '../pattern/policy.ts';
import type { TargetDefinition } from '../schema/generated/definitions.ts';
import type { Role, Team } from '../team/team.ts';
import type { Tool } from '../team/tools.ts';
import type { Place } from '../text/place.ts';
import type { Feature } from './features.ts';
import type { RoleView } from './view.ts';

/**
 * What a lowering is worth: `native` — the platform's own configuration enforces exactly this; `guarded` — a guard that
 * teamc emits does; `prose` — the prompt says so and nothing enforces it; `lost` — it is not carried at all.
 */
export type Level = 'native' | 'guarded' | 'prose' | 'lost';

/** The levels from the strongest to the weakest. */
export const LEVELS: readonly Level[] = ['native', 'guarded', 'prose', 'lost'];

/** How well one feature is carried, and why not better. */
export interface Claim {
  readonly level: Level;
  readonly because?: string;
}

/** A target's `target.yaml`. */
export type Manifest = TargetDefinition;

/** A target, ready to compile with. */
export interface Target {
  readonly manifest: Manifest;
  /** Renders a template of the target's folder. Throws `TemplateError` when the template itself is wrong. */
  render(template: string, view: object): string;
  /** What data can't say; simple targets have none. */
  readonly platform?: Platform;
}

/** The part of a platform that takes code: names, tools and permissions in its own words. Everything here is pure. */
export interface Platform {
  /** The id as the platform writes it; by default slashes become hyphens where ids are flat. */
  id?(role: Role): string | undefined;
  /** How other files name a role, where that is not its id: plugins put their own name in front. */
  reference?(id: string, team: Team, form: string | undefined): string;
  /** Adds to a role's view what the platform's template needs, and states claims that depend on the role. */
  lower(view: RoleView, role: Role, context: Lowering): Lowered;
  /** Adds to the view of the files that exist once for a team. */
  lowerTeam?(team: Team, context: Lowering): Lowered;
  /** What the emitted files make of a role's tool once the platform has read them. */
  enforced?(role: Role, tool: Tool): Enforced;
  /** The texts of a command line by which the platform decides it; by default all that a shell would run. */
  readings?(line: string): readonly string[];
  /** The form of a path that the platform holds against its rules; by default as a call spells it. */
  pathForm?(path: string): string;
}

/** What a platform enforces of a role's tool, as a policy over the arguments that the language knows, and what that is worth. */
export interface Enforced extends Claim {
  readonly policy: Policy;
  /** What holds for paths that lead out of the project, where that is something else. */
  readonly outside?: Policy;
}

/** What a lowering may ask. */
export interface Lowering {
  readonly team: Team;
  readonly manifest: Manifest;
  /** The platform's own settings in the team file. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The name by which other roles and settings know a role. */
  idOf(role: Role): string;
  /** The form that is built when it is not the project's own files. */
  readonly form: string | undefined;
}

/** A lowered role: what the template sees besides the view, and the claims that hold for this role. */
export interface Lowered {
  readonly view: Readonly<Record<string, unknown>>;
  readonly claims?: ReadonlyMap<Feature, Claim>;
  /** The tools that the role has and the platform's files do not give it, and why; besides those that the platform lacks. */
  readonly leftOut?: ReadonlyMap<Tool, string>;
  /** The platform's own fields from the role that are left out, and why. */
  readonly refused?: readonly { readonly field: string; readonly because: string }[];
}

/** One file of a build, before anything is written. */
export interface PlannedFile {
  /** From the output folder, with forward slashes. */
  readonly path: string;
  readonly content: string;
  /** The role that the file is for, or `team`. */
  readonly from: string;
  /** People keep entries of their own in this JSON or YAML file: `content` holds teamc's entries only. */
  readonly shared: boolean;
}

/** How one feature of one role is carried, and where the role says it. */
export interface Fidelity extends Claim {
  readonly role: string;
  readonly feature: Feature | `tools.${Tool}` | `targets.${string}`;
  readonly target: string;
  readonly at: Place;
}

/** What would be written for one target. */
export interface Plan {
  readonly target: string;
  readonly files: readonly PlannedFile[];
  readonly fidelity: readonly Fidelity[];
  /** What keeps the plan from being carried out. */
  readonly problems: readonly Diagnostic[];
}
