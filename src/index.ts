export type { Diagnostic, Fix, Severity } from './diagnostic/diagnostic.ts';
export { type LintOptions, lint } from './rules/lint.ts';
export { type Files, type LoadedTeam, readTeam } from './team/read.ts';
export type { Edge, Role, Team } from './team/team.ts';
