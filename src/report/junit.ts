import { type Finding, type Format, findingsOf, type LintedTeam, pathOf } from './result.ts';
import { visible } from './visible.ts';

/**
 * JUnit XML, for servers that count tests: a suite per team, a case per finding. Errors are failures; warnings and infos
 * are skipped with their message, so that they are seen and break nothing. A team without findings is one passed test.
 */
export const junit: Format = (result) => {
  const findings = findingsOf(result);
  const suites = result.teams.map((team) =>
    suite(
      team,
      findings.filter((finding) => finding.team === team),
    ),
  );
  const tests = suites.reduce((sum, each) => sum + each.tests, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'teamc', tests, failures: failuresIn(findings), errors: 0 })}>`,
    ...suites.flatMap(({ lines }) => lines),
    '</testsuites>\n',
  ].join('\n');
};

function suite(team: LintedTeam, findings: readonly Finding[]): { readonly tests: number; readonly lines: string[] } {
  const name = team.loaded.team.name;
  const failures = failuresIn(findings);
  const tests = Math.max(1, findings.length);
  const skipped = findings.length - failures;
  const cases =
    findings.length > 0
      ? findings.flatMap((finding) => testCase(finding))
      : [`    <testcase${attributes({ name: 'no findings', classname: pathOf(team) })}/>`];
  return {
    tests,
    lines: [`  <testsuite${attributes({ name, tests, failures, errors: 0, skipped })}>`, ...cases, '  </testsuite>'],
  };
}

function failuresIn(findings: readonly Finding[]): number {
  return findings.filter(({ diagnostic }) => diagnostic.severity === 'error').length;
}

function testCase({ diagnostic, at, related }: Finding): readonly string[] {
  const { rule, severity, message, help } = diagnostic;
  const lines = [
    `${at.file}:${at.line}:${at.column}`,
    ...related.map(({ at: place, message: why }) => `${place.file}:${place.line}:${place.column} ${why}`),
    ...(help === undefined ? [] : [help]),
  ];
  const outcome =
    severity === 'error'
      ? `<failure${attributes({ message, type: rule })}>${xml(lines.join('\n'))}</failure>`
      : `<skipped${attributes({ message: `${severity}: ${message} (${lines[0]})` })}/>`;
  const head = attributes({ name: `${rule}: ${message}`, classname: at.file, file: at.file, line: at.line });
  return [`    <testcase${head}>`, `      ${outcome}`, '    </testcase>'];
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xml(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for XML. Most control characters can't stand in XML, not even escaped, and show as signs. */
function xml(text: string): string {
  return text
    .split('\n')
    .map((line) => visible(line).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character))
    .join('\n');
}
