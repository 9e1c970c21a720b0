export type { Diagnostic, Fix, Severity } from './diagnostic/diagnostic.ts';
export { type FormatName, formats } from './report/formats.ts';
export type { Format, LintedTeam, LintResult, Style } from './report/result.ts';
export { type LintOptions, lint } from './rules/lint.ts';
export { type Files, type LoadedTeam, readTeam } from './team/read.ts';
export type { Edge, Role, Team } from './team/team.ts';
export { type Discovered, type DiscoveredTeam, discoverTeams } from './workspace/discover.ts';
export { Disk } from './workspace/disk.ts';
