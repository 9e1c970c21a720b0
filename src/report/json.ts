import type { Severity } from '../diagnostic/diagnostic.ts';
import type { Located } from '../document/position.ts';
import {
  countsOf,
  type Finding,
  type FixedFinding,
  type Format,
  filesOf,
  findingsOf,
  pageUrl,
  pathOf,
  rolesOf,
} from './result.ts';

/** What a program reads; the shape is a promise, and `version` says which. */
export const json: Format = (result) => {
  const { error: errors, warning: warnings } = countsOf(result);
  const report = {
    version: 1,
    teams: result.teams.map((team) => ({ name: team.loaded.team.name, path: pathOf(team), roles: rolesOf(team) })),
    diagnostics: findingsOf(result).map(findingJson),
    ...(result.fixed === undefined ? {} : { fixed: result.fixed.map(fixedOf) }),
    summary: { errors, warnings, files: filesOf(result) },
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
};

/** A finding as programs read it: places are lines and columns, from 1. */
export interface FindingJson {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Places that show why. */
  readonly related: readonly {
    readonly message: string;
    readonly file: string;
    readonly line: number;
    readonly column: number;
  }[];
  /** What to do. */
  readonly help?: string;
  readonly fix?: { readonly title: string; readonly safety: 'safe' | 'unsafe' };
  /** The page of the rule. */
  readonly url: string;
  readonly role?: string;
}

/** Tells a program of a finding. */
export function findingJson({ diagnostic, at, related }: Finding): FindingJson {
  const { rule, severity, message, help, fix, role } = diagnostic;
  return {
    rule,
    severity,
    message,
    ...start(at),
    endLine: at.endLine,
    endColumn: at.endColumn,
    related: related.map(({ at: place, message: why }) => ({ message: why, ...start(place) })),
    ...(help === undefined ? {} : { help }),
    ...(fix === undefined ? {} : { fix: { title: fix.title, safety: fix.safety } }),
    url: pageUrl(rule),
    ...(role === undefined ? {} : { role }),
  };
}

function fixedOf({ diagnostic: { rule, message, fix, role }, file, line, column }: FixedFinding): object {
  return {
    rule,
    message,
    file,
    line,
    column,
    fix: { title: fix?.title, safety: fix?.safety },
    ...(role === undefined ? {} : { role }),
  };
}

function start({ file, line, column }: Located): Pick<FindingJson, 'file' | 'line' | 'column'> {
  return { file, line, column };
}
