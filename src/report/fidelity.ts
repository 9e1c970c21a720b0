import { Chalk } from 'chalk';
import type { Document } from '../document/document.ts';
import { locatePlace } from '../document/position.ts';
import { type Feature, limits } from '../target/features.ts';
import { type Fidelity, LEVELS, type Level, type Manifest } from '../target/target.ts';
import { type Cell, table } from './fidelity-table.ts';
import { folded } from './folded.ts';
import type { Style } from './result.ts';
import { count } from './summary.ts';
import { visible } from './visible.ts';

/** What one target makes of a team, as far as a person wants to know. */
export interface Carried {
  readonly manifest: Manifest;
  readonly fidelity: readonly Fidelity[];
  /** How many roles were built. */
  readonly roles: number;
}

/** A row of fidelity as programs read it, with its place as a line. */
export type FidelityRow = Readonly<Record<string, string | number>>;

/** How many different reasons of one feature are told apart. */
const REASONS = 2;

/** Rows of fidelity with their places as file and line. */
export function fidelityJson(
  rows: readonly Fidelity[],
  documents: ReadonlyMap<string, Document>,
): readonly FidelityRow[] {
  return rows.map(({ role, feature, target, level, because, at }) => {
    const { file, line } = locatePlace(at, documents);
    return { role, feature, target, level, ...(because === undefined ? {} : { because }), file, line };
  });
}

/** Everything that `--report` writes: the targets with what is open on them, and a row for each feature of each role. */
export function fidelityReport(
  team: string,
  carried: readonly Omit<Carried, 'roles'>[],
  documents: ReadonlyMap<string, Document>,
): string {
  const targets = carried.map(({ manifest: { target, verified, holes = [] } }) => ({ target, verified, holes }));
  const rows = fidelityJson(
    carried.flatMap(({ fidelity }) => fidelity),
    documents,
  );
  return `${JSON.stringify({ version: 1, team, targets, fidelity: rows }, undefined, 2)}\n`;
}

/** The rows that limit a role and are carried below a level. */
export function unmet(rows: readonly Fidelity[], required: Level): readonly Fidelity[] {
  return rows.filter(({ feature, level }) => isLimit(feature) && LEVELS.indexOf(level) > LEVELS.indexOf(required));
}

/** What a target does not enforce, what it leaves out, and where it is open whatever a team says. */
export function prettyFidelity({ manifest, fidelity, roles }: Carried, style: Style): string {
  const paint = new Chalk({ level: style.color });
  const loose = grouped(unmet(fidelity, 'guarded'));
  const lost = grouped(fidelity.filter(({ feature, level }) => !isLimit(feature) && level === 'lost'));
  const holes = (manifest.holes ?? []).map(({ what, example }) => [visible(example ? `${what}: ${example}` : what)]);
  const cells = (groups: readonly Group[]): readonly Cell[] =>
    groups.map(({ features, roles: who, because }) => [label(features), numberOf(who.size, roles), visible(because)]);
  return [
    paint.bold(visible(manifest.title)),
    ...section(paint.yellow('not enforced'), table(cells(loose), style)),
    ...section(paint.yellow('left out'), table(cells(lost), style)),
    ...section(paint.yellow('open to all'), table(holes, style)),
    ...(loose.length + lost.length + holes.length === 0 ? ['  Everything is carried and enforced.'] : []),
    '',
  ].join('\n');
}

/** The narrowest terminal on which rows of places, roles and reasons stand in columns. */
const ROOMY = 120;

/** Every row below native, one line each. */
export function prettyRows(rows: readonly Fidelity[], documents: ReadonlyMap<string, Document>, style: Style): string {
  const cells = rows
    .filter(({ level }) => level !== 'native')
    .map(({ role, feature, target, level, because = '', at }) => {
      const { file, line } = locatePlace(at, documents);
      return [`${file}:${line}`, role, feature, `${level} on ${target}`, because].map(visible);
    });
  // Columns that break every place and every name are no help.
  const lines =
    (style.columns ?? ROOMY) < ROOMY
      ? cells.map((row) => folded(row.join('  ').trimEnd(), style))
      : table(cells, style);
  return lines.map((line) => `${line}\n`).join('');
}

interface Group {
  readonly features: readonly string[];
  readonly roles: ReadonlySet<string>;
  readonly because: string;
}

function isLimit(feature: Fidelity['feature']): boolean {
  return !feature.startsWith('targets.') && limits(feature as Feature);
}

/** One row for each feature and reason; a feature with many reasons becomes one row. */
function grouped(rows: readonly Fidelity[]): readonly Group[] {
  const features = new Map<string, Map<string, Set<string>>>();
  for (const { feature, role, because = 'The prompt says so, and nothing enforces it' } of rows) {
    const reasons = features.get(feature) ?? new Map<string, Set<string>>();
    features.set(feature, reasons.set(because, (reasons.get(because) ?? new Set()).add(role)));
  }
  const groups = new Map<string, { features: string[]; roles: Set<string>; because: string }>();
  for (const [feature, reasons] of features)
    for (const { because, roles } of summed(reasons)) {
      // The rules of several tools share a line; other features only when they concern the same roles.
      const key = JSON.stringify([because, feature.startsWith('permissions.') || [...roles].sort()]);
      const group = groups.get(key) ?? { features: [], roles: new Set(), because };
      groups.set(key, group);
      group.features.push(feature);
      for (const role of roles) group.roles.add(role);
    }
  return [...groups.values()];
}

function summed(reasons: ReadonlyMap<string, ReadonlySet<string>>): readonly Omit<Group, 'features'>[] {
  const common = [...reasons].toSorted(([, a], [, b]) => b.size - a.size);
  if (common.length <= REASONS) return common.map(([because, roles]) => ({ because, roles }));
  const roles = new Set(common.flatMap(([, who]) => [...who]));
  return [{ because: `${common[0]![0]}; and ${common.length - 1} other reasons`, roles }];
}

/** Features as a person reads them: `permissions of read and edit`. */
function label(features: readonly string[]): string {
  const tools = features.filter((feature) => feature.startsWith('permissions.')).map((feature) => feature.slice(12));
  const others = features.filter((feature) => !feature.startsWith('permissions.'));
  return [...others, ...(tools.length > 0 ? [`permissions (${tools.join(', ')})`] : [])].join(', ');
}

function numberOf(roles: number, all: number): string {
  return roles === all && all > 1 ? `all ${count(roles, 'role')}` : count(roles, 'role');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`  ${title}`, ...lines.map((line) => `    ${line}`)];
}
