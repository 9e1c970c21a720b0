import type { Diagnostic, Severity } from '../diagnostic/diagnostic.ts';
import { type Located, locatePlace } from '../document/position.ts';
import type { Rule } from '../rules/rule.ts';
import type { LoadedTeam } from '../team/read.ts';

/** A team and what was found in it. */
export interface LintedTeam {
  readonly loaded: LoadedTeam;
  /** The team file, from the working folder, with forward slashes. */
  readonly path: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a run of lint found, and what a report may tell besides. */
export interface LintResult {
  readonly teams: readonly LintedTeam[];
  /** The rules that could have spoken. */
  readonly rules: readonly Pick<Rule, 'id' | 'summary' | 'severity' | 'profile'>[];
  /** teamc's own version. */
  readonly version: string;
  /** What was fixed before, if anything was to be. */
  readonly fixed?: readonly FixedFinding[];
  /** The names of findings that were told before, as `findingName` has them: a long report need not tell them again. */
  readonly before?: ReadonlySet<string>;
  /** A rule's page as Markdown, if it is at hand. */
  readonly page?: (rule: string) => string | undefined;
}

/** A finding that was fixed, and where it stood in the file as it was then. */
export interface FixedFinding {
  readonly diagnostic: Diagnostic;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** How a report may look; only what people read takes notice. */
export interface Style {
  /** 0 is none, 1 the sixteen colours that every terminal knows. */
  readonly color: 0 | 1 | 2 | 3;
  /** How wide the terminal is, in columns; 160 when left out. */
  readonly columns?: number;
}

/** Turns a result into text that ends with a line break, or is empty. */
export type Format = (result: LintResult, style: Style) => string;

/** A diagnostic with its places as lines and columns. */
export interface Finding {
  readonly diagnostic: Diagnostic;
  readonly team: LintedTeam;
  readonly at: Located;
  readonly related: readonly { readonly at: Located; readonly message: string }[];
}

/** Severities in order, the worst first. */
export const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** All findings: team by team in the order of the run, and within a team by file, line and column. */
export function findingsOf(result: LintResult): readonly Finding[] {
  return result.teams.flatMap((team) => team.diagnostics.map((found) => locate(found, team)).sort(byPlace));
}

/** What a finding is known by from one look at a team to the next, whatever line it has come to stand in. */
export function findingName({ rule, severity, message, at: { file } }: Diagnostic): string {
  return JSON.stringify([rule, severity, message, file]);
}

/** The same findings, errors first. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => RANK[a.diagnostic.severity] - RANK[b.diagnostic.severity]);
}

function locate(diagnostic: Diagnostic, team: LintedTeam): Finding {
  const { documents } = team.loaded;
  return {
    diagnostic,
    team,
    at: locatePlace(diagnostic.at, documents),
    related: (diagnostic.related ?? []).map(({ at, message }) => ({ at: locatePlace(at, documents), message })),
  };
}

function byPlace(a: Finding, b: Finding): number {
  if (a.at.file !== b.at.file) return a.at.file < b.at.file ? -1 : 1;
  return (
    a.at.line - b.at.line ||
    a.at.column - b.at.column ||
    RANK[a.diagnostic.severity] - RANK[b.diagnostic.severity] ||
    (a.diagnostic.rule < b.diagnostic.rule ? -1 : a.diagnostic.rule > b.diagnostic.rule ? 1 : 0)
  );
}

/** How many findings there are of each severity. */
export function countsOf(result: LintResult): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { diagnostics } of result.teams) for (const { severity } of diagnostics) counts[severity]++;
  return counts;
}

/** How many files the teams of a result are written in. */
export function filesOf(result: LintResult): number {
  return new Set(result.teams.flatMap(({ loaded }) => [...loaded.ownFiles])).size;
}

/** How many roles a team has itself, without those of the teams that it uses. */
export function rolesOf({ loaded }: LintedTeam): number {
  return [...loaded.team.roles.values()].filter(({ own }) => own).length;
}

/** The path by which a person names a team: its folder, unless its file has a name of its own. */
export function pathOf({ path }: LintedTeam): string {
  return /(?:^|\/)team\.ya?ml$/.test(path) ? path.replace(/\/?[^/]*$/, '') || '.' : path;
}

/** Where a rule's page stands. */
export function pageUrl(rule: string): string {
  return `https://unpkg.com/teamc/docs/rules/${rule}.md`;
}
