import type { Diagnostic, Severity } from '../diagnostic/diagnostic.ts';
import { fittingFixes } from '../import/fitting-fixes.ts';
import type { LintedTeam } from '../report/result.ts';
import { touching } from '../report/touching.ts';
import { lint, type Profile } from '../rules/lint.ts';
import type { Target } from '../target/target.ts';
import { type Files, type LoadedTeam, readTeam } from '../team/read.ts';
import { withScenarios } from '../team/with-scenarios.ts';
import type { DiscoveredTeam } from '../workspace/discover.ts';
import { loadedInPlace } from './in-place.ts';

/** What the command line says about rules; it goes before what a team says. */
export interface RuleChoices {
  readonly profile?: Profile;
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  /** The platforms to ask about as well. */
  readonly targets?: readonly (string | Target)[];
  /** Whether to look at the scenarios beside a team as well; what is wrong with them keeps nobody from building it. */
  readonly scenarios?: boolean;
}

/** Lints each team as a whole and keeps what was asked for. What two teams share is told once. */
export function lintTeams(files: Files, teams: readonly DiscoveredTeam[], choices: RuleChoices): readonly LintedTeam[] {
  const told = new Set<string>();
  const isNew = ({ rule, at, message }: Diagnostic): boolean => {
    const key = JSON.stringify([rule, at, message]);
    return !told.has(key) && told.add(key) !== undefined;
  };
  return teams.flatMap(({ path, only, project }) =>
    (project ? loadedInPlace(path, files, project) : [teamAt(path, files, choices)]).map((read) => {
      const loaded = withSeverities(read, choices.severities);
      const { profile, targets = [] } = choices;
      const found = lint(loaded, { targets, ...(profile ? { profile } : {}) });
      const diagnostics = project ? fittingFixes(withoutEchoes(found), loaded.documents) : found;
      const asked = only ? touching({ loaded, diagnostics }, only) : diagnostics;
      return { loaded, path, diagnostics: asked.filter(isNew) };
    }),
  );
}

function teamAt(path: string, files: Files, { scenarios = false }: RuleChoices): LoadedTeam {
  const team = readTeam(path, files);
  return scenarios ? withScenarios(team, files) : team;
}

/** Where a platform loads no agent from a file, what it lacks as a role is no news. */
function withoutEchoes(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const dropped = new Set(found.filter(({ rule }) => rule === 'platform-drops-file').map(({ at }) => at.file));
  return found.filter(({ rule, at }) => rule !== 'schema' || !dropped.has(at.file));
}

/** The same team as if its `lint.rules` said these severities; what else they set stays. */
function withSeverities(loaded: LoadedTeam, severities: RuleChoices['severities']): LoadedTeam {
  if (Object.keys(severities).length === 0) return loaded;
  const { lint: own = {} } = loaded.team.definition;
  const rules = { ...own.rules };
  for (const [id, severity] of Object.entries(severities)) {
    const settings = rules[id];
    rules[id] = typeof settings === 'object' ? { ...settings, severity } : severity;
  }
  const definition = { ...loaded.team.definition, lint: { ...own, rules } };
  return { ...loaded, team: { ...loaded.team, definition } };
}
