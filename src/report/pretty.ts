import { Chalk, type ChalkInstance } from 'chalk';
import type { Diagnostic, Severity } from '../diagnostic/diagnostic.ts';
import type { Document } from '../document/document.ts';
import { type Located, locatePlace } from '../document/position.ts';
import { folded } from './folded.ts';
import { frame, WIDEST } from './frame.ts';
import {
  type Finding,
  type FixedFinding,
  findingName,
  findingsOf,
  type LintResult,
  RANK,
  type Style,
} from './result.ts';
import { fixedSummary, summary } from './summary.ts';
import { visible } from './visible.ts';

/** How many related places are shown with their source; the next ones are only named. */
const FRAMED = 4;

/** How many related places are named at all. */
const NAMED = 12;

/** What a person reads: every finding with its source (in a long report only those that were not told before), file by file and line by line, then one line that sums up. */
export function prettyReport(result: LintResult, style: Style): string {
  const { color, columns = WIDEST } = style;
  const paint = new Chalk({ level: color });
  const all = findingsOf(result);
  const isNew = ({ diagnostic }: Finding): boolean => !result.before?.has(findingName(diagnostic));
  const shown = all.length > MANY ? all.filter(isNew) : all;
  const known = all.length - shown.length;
  const blocks = shown.map(({ diagnostic, team }) =>
    pretty(diagnostic, team.loaded.documents, paint, Math.min(columns, WIDEST)),
  );
  const fixed = result.fixed?.length ? [fixedBlock(result.fixed, paint)] : [];
  const overview = all.length > MANY ? [overviewLines(result, paint).join('\n')] : [];
  return folded(
    `${[...fixed, ...blocks, ...overview, paint.bold(`${summary(result)}${known > 0 ? `; ${known} of them as before` : ''}`)].join('\n\n')}\n`,
    style,
  );
}

/** How many findings there are before nobody keeps track of them. */
const MANY = 20;

/** How often each rule spoke, the worst first: what a person needs who sees the end of a long report. */
function overviewLines({ teams }: LintResult, paint: ChalkInstance): readonly string[] {
  const kinds = new Map<string, Diagnostic[]>();
  for (const found of teams.flatMap(({ diagnostics }) => diagnostics)) {
    const kind = `${found.severity} ${found.rule}`;
    const same = kinds.get(kind);
    if (same) same.push(found);
    else kinds.set(kind, [found]);
  }
  const rows = [...kinds.values()].map((found) => ({ ...found[0]!, number: found.length, mended: safe(found) }));
  const width = String(Math.max(...rows.map(({ number }) => number))).length;
  const longest = Math.max(...rows.map(({ rule }) => rule.length));
  return rows
    .toSorted((a, b) => RANK[a.severity] - RANK[b.severity] || b.number - a.number)
    .map(({ severity, rule, number, mended }) => {
      const what = colourOf(severity, paint)(severity.padEnd(WORD));
      const fix = mended > 0 ? paint.dim(`--fix mends ${mended === number ? 'all' : mended}`) : '';
      return `  ${String(number).padStart(width)} ${what}  ${rule.padEnd(longest)}  ${fix}`.trimEnd();
    });
}

const WORD = 'warning'.length;

function safe(found: readonly Diagnostic[]): number {
  return found.filter(({ fix }) => fix?.safety === 'safe').length;
}

/** How many of the findings that were fixed are listed. */
const FIXED = 50;

function fixedBlock(fixed: readonly FixedFinding[], paint: ChalkInstance): string {
  const lines = fixed
    .slice(0, FIXED)
    .map(
      ({ diagnostic: { rule, fix }, file, line, column }) =>
        `  ${paint.dim('-->')} ${visible(file)}:${line}:${column}  ${paint.bold(rule)}: ${visible(fix?.title ?? '')}`,
    );
  const more = fixed.length > FIXED ? [`  ${paint.dim('-->')} and ${fixed.length - FIXED} more`] : [];
  return [`${paint.green(paint.bold('fixed'))} ${fixedSummary(fixed)}`, ...lines, ...more].join('\n');
}

/** A diagnostic as a person reads it: headline, code frames, help. */
export function pretty(
  { severity, rule, message, at, related = [], help, fix, concealed }: Diagnostic,
  documents: ReadonlyMap<string, Document>,
  paint: ChalkInstance,
  columns = WIDEST,
): string {
  const colour = colourOf(severity, paint);
  const show = (place: Located): string[] =>
    place.document && place.document.text !== '' && !concealed ? [frame(place, colour, paint, columns)] : [];
  const place = locatePlace(at, documents);
  return [
    `${colour(paint.bold(severity))} ${paint.bold(rule)}: ${visible(message)}`,
    where(place, paint),
    ...show(place),
    ...related.slice(0, NAMED).flatMap(({ at: why, message: label }, index) => {
      const other = locatePlace(why, documents);
      const framed = index < FRAMED && other.line === other.endLine && other.document && other.document.text !== '';
      return [
        `${where(other, paint)}  ${paint.blue(visible(label))}`,
        ...(framed ? [frame(other, paint.blue, paint, columns)] : []),
      ];
    }),
    ...(related.length > NAMED ? [`  ${paint.dim('-->')} and ${related.length - NAMED} more places`] : []),
    ...(help ? [`  ${paint.cyan('help:')} ${visible(help)}`] : []),
    ...(fix
      ? [`  ${paint.cyan('fix:')} ${visible(fix.title)}${fix.safety === 'unsafe' ? ' (--fix-unsafe)' : ' (--fix)'}`]
      : []),
  ].join('\n');
}

function where({ file, line, column }: Located, paint: ChalkInstance): string {
  return `  ${paint.dim('-->')} ${visible(file)}:${line}:${column}`;
}

function colourOf(severity: Severity, paint: ChalkInstance): ChalkInstance {
  return severity === 'error' ? paint.red : severity === 'warning' ? paint.yellow : paint.blue;
}
