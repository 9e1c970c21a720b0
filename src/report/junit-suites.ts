import { xmlLines } from './xml.ts';

/** A group of tests, for a server that counts them. */
export interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

/** A test; it passed where it has no outcome. */
export interface Case {
  readonly name: string;
  readonly classname: string;
  readonly file?: string;
  readonly line?: number;
  readonly outcome?: {
    readonly kind: 'failure' | 'skipped';
    readonly message: string;
    readonly type?: string;
    readonly body?: string;
  };
}

/** Suites as JUnit XML. */
export function junitSuites(name: string, suites: readonly Suite[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name, ...countsOf(suites.flatMap(({ cases }) => cases)) })}>`,
    ...suites.flatMap((suite) => [
      `  <testsuite${attributes({ name: suite.name, ...countsOf(suite.cases) })}>`,
      ...suite.cases.flatMap(linesOf),
      '  </testsuite>',
    ]),
    '</testsuites>\n',
  ].join('\n');
}

function countsOf(cases: readonly Case[]): Readonly<Record<string, number>> {
  const number = (kind: string): number => cases.filter(({ outcome }) => outcome?.kind === kind).length;
  return { tests: cases.length, failures: number('failure'), errors: 0, skipped: number('skipped') };
}

function linesOf({ outcome, ...test }: Case): readonly string[] {
  const head = `    <testcase${attributes(test)}`;
  if (!outcome) return [`${head}/>`];
  const { kind, body = '', ...rest } = outcome;
  const inner = `      <${kind}${attributes(rest)}${body === '' ? '/>' : `>${xmlLines(body)}</${kind}>`}`;
  return [`${head}>`, inner, '    </testcase>'];
}

function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${xmlLines(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');
}
