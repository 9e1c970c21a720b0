import { type Case, junitSuites } from './junit-suites.ts';
import { type Finding, type Format, findingsOf, pathOf } from './result.ts';

/**
 * JUnit XML, for servers that count tests: a suite per team, a case per finding. Errors are failures; warnings and infos
 * are skipped with their message, so that they are seen and break nothing. A team without findings is one passed test.
 */
export const junit: Format = (result) => {
  const findings = findingsOf(result);
  const suites = result.teams.map((team) => {
    const cases = findings.filter((finding) => finding.team === team).map(caseOf);
    return {
      name: team.loaded.team.name,
      cases: cases.length > 0 ? cases : [{ name: 'no findings', classname: pathOf(team) }],
    };
  });
  return junitSuites('teamc', suites);
};

function caseOf({ diagnostic, at, related }: Finding): Case {
  const { rule, severity, message, help } = diagnostic;
  const lines = [
    `${at.file}:${at.line}:${at.column}`,
    ...related.map(({ at: place, message: why }) => `${place.file}:${place.line}:${place.column} ${why}`),
    ...(help === undefined ? [] : [help]),
  ];
  return {
    name: `${rule}: ${message}`,
    classname: at.file,
    file: at.file,
    line: at.line,
    outcome:
      severity === 'error'
        ? { kind: 'failure', message, type: rule, body: lines.join('\n') }
        : { kind: 'skipped', message: `${severity}: ${message} (${lines[0]})` },
  };
}
