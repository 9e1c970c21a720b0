import { Chalk } from 'chalk';
import type { Document } from '../document/document.ts';
import { locatePlace } from '../document/position.ts';
import { limits } from '../target/features.ts';
import type { Fidelity, Manifest } from '../target/target.ts';
import type { Style } from './result.ts';
import { count } from './summary.ts';
import { visible } from './visible.ts';

/** What one target makes of a team, as far as a person wants to know. */
export interface Carried {
  readonly manifest: Manifest;
  readonly fidelity: readonly Fidelity[];
}

/** A row of fidelity as programs read it, with its place as a line. */
export function fidelityJson(
  rows: readonly Fidelity[],
  documents: ReadonlyMap<string, Document>,
): readonly Readonly<Record<string, string | number>>[] {
  return rows.map(({ role, feature, target, level, because, at }) => {
    const { file, line } = locatePlace(at, documents);
    return { role, feature, target, level, ...(because === undefined ? {} : { because }), file, line };
  });
}

/** What a target does not enforce, what it leaves out, and where it is open whatever a team says. */
export function prettyFidelity(carried: Carried, roles: number, { color }: Style): string {
  const paint = new Chalk({ level: color });
  const { manifest, fidelity } = carried;
  const loose = groups(fidelity.filter(({ feature, level }) => isLimit(feature) && weak(level)));
  const lost = groups(fidelity.filter(({ feature, level }) => !isLimit(feature) && level === 'lost'));
  return [
    paint.bold(manifest.title),
    ...section(
      'not enforced',
      loose.map((group) => row(group, roles)),
    ),
    ...section(
      'left out',
      lost.map((group) => row(group, roles)),
    ),
    ...section(
      'open anyway',
      (manifest.holes ?? []).map(({ what, example }) => `${what}${example ? `: ${example}` : ''}`),
    ),
  ].join('\n');
}

interface Group {
  readonly features: readonly string[];
  readonly roles: ReadonlySet<string>;
  readonly because: string;
}

function isLimit(feature: Fidelity['feature']): boolean {
  return !feature.startsWith('targets.') && limits(feature as never);
}

function weak(level: Fidelity['level']): boolean {
  return level === 'prose' || level === 'lost';
}

function groups(rows: readonly Fidelity[]): readonly Group[] {
  const found = new Map<string, { features: Set<string>; roles: Set<string>; because: string }>();
  for (const { feature, role, because = 'The prompt says so' } of rows) {
    const group = found.get(because) ?? { features: new Set(), roles: new Set(), because };
    found.set(because, group);
    group.features.add(feature);
    group.roles.add(role);
  }
  return [...found.values()].map((group) => ({ ...group, features: [...group.features] }));
}

function row({ features, roles, because }: Group, all: number): string {
  const who = roles.size === all ? `all ${count(all, 'role')}` : count(roles.size, 'role');
  return `${features.join(', ')}: ${who}; ${visible(because)}`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`  ${title}`, ...lines.map((line) => `    ${line}`)];
}
