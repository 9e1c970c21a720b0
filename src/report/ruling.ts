import { Chalk, type ChalkInstance } from 'chalk';
import type { CallRuling, PartRuling } from '../analysis/ruling.ts';
import { locatePlace } from '../document/position.ts';
import type { Enforcement } from '../target/enforcement.ts';
import { type Cell, framed, painted, ruleText, table } from './decision.ts';
import { folded } from './folded.ts';
import type { Style } from './result.ts';
import { type Documents, ruleJson } from './rule-json.ts';
import { visible } from './visible.ts';

/** A decided call, and what each target of the team makes of it, in the team's order. */
export interface RuledCall {
  readonly ruling: CallRuling;
  readonly targets: readonly (readonly [target: string, made: Enforcement])[];
}

/** A decided call as programs read it. */
export function rulingJson({ ruling, targets }: RuledCall, documents: Documents): Readonly<Record<string, unknown>> {
  const { role, tool, argument, decision, said, parts } = ruling;
  return {
    role: role.id,
    tool,
    argument,
    decision,
    rule: ruleJson(said, documents),
    ...(parts.length > 1 ? { parts: parts.map((part) => partJson(part, documents)) } : {}),
    targets: Object.fromEntries(targets),
  };
}

function partJson({ kind, text, decision, said }: PartRuling, documents: Documents): object {
  return { kind, text, decision, rule: ruleJson(said, documents) };
}

/** A decided call as a person reads it: the answer, the rule with its source, the parts of a command line, the targets. */
export function prettyRuling(call: RuledCall, documents: Documents, style: Style): string {
  const { color, columns } = style;
  const paint = new Chalk({ level: color });
  const { role, tool, argument, decision, parts } = call.ruling;
  const asked = [role.id, tool, ...(argument === '' ? [] : [argument])].map(visible);
  const sections = [
    [
      `${painted(decision, paint).bold(decision)}  ${asked.join('  ')}`,
      ...reasonLines(call.ruling, documents, paint, columns),
    ],
    ...(parts.length > 1 ? [['  parts', ...partLines(call.ruling, documents, paint)]] : []),
    ...(call.targets.length > 0 ? [['  targets', ...targetLines(call, paint)]] : []),
  ];
  return folded(`${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`, style);
}

function reasonLines(
  { decision, said, worst }: CallRuling,
  documents: Documents,
  paint: ChalkInstance,
  columns: number | undefined,
): readonly string[] {
  if (!said) return worst ? [`  ${partText(worst)}`] : [];
  return [
    ...framed(locatePlace(said.at, documents), ruleText(said), painted(decision, paint), paint, columns),
    ...(said.because === undefined ? [] : [`  ${paint.cyan('because:')} ${visible(said.because)}`]),
    ...(said.instead === undefined ? [] : [`  ${paint.cyan('instead:')} ${visible(said.instead)}`]),
  ];
}

/** The parts of a line, the one that decides marked. */
function partLines({ parts, worst }: CallRuling, documents: Documents, paint: ChalkInstance): readonly string[] {
  const rows = parts.map((part): readonly Cell[] => {
    const { file, line, column } = part.said ? locatePlace(part.said.at, documents) : { file: '', line: 0, column: 0 };
    return [
      [part === worst ? '  >' : '   '],
      [part.decision, painted(part.decision, paint)],
      [partText(part)],
      [part.said ? `${ruleText(part.said)}  ${visible(file)}:${line}:${column}` : '', paint.dim],
    ];
  });
  return table(rows);
}

function partText({ kind, text }: PartRuling): string {
  const shown = visible(text);
  switch (kind) {
    case 'part':
      return shown === '' ? 'nothing is run' : shown;
    case 'write':
      return `writes ${shown}`;
    case 'assignment':
      return shown === '' ? 'sets a variable' : `sets a variable for ${shown}`;
    case 'unsplittable':
      return `can't be split: ${shown}`;
  }
}

function targetLines({ targets }: RuledCall, paint: ChalkInstance): readonly string[] {
  return table(
    targets.map(([name, { decision, level, because = '' }]): readonly Cell[] => [
      [`    ${name}`],
      [decision, painted(decision, paint)],
      [level],
      [visible(because), paint.dim],
    ]),
  );
}
