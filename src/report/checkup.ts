import { Chalk } from 'chalk';
import { enumerate } from '../text/enumerate.ts';
import { folded } from './folded.ts';
import type { Style } from './result.ts';
import { count } from './summary.ts';
import { visible } from './visible.ts';

/** A change of a platform, and the roles of each team here that have what it concerns. */
export interface Touched {
  readonly version: string;
  readonly what: string;
  readonly teams: readonly { readonly team: string; readonly roles: readonly string[] }[];
}

/** What is known of one platform's client on this computer. */
export interface ClientCheck {
  readonly target: string;
  readonly title: string;
  /** The version that teamc's claims were checked with. */
  readonly verified: string;
  readonly path: string | undefined;
  readonly found: string | undefined;
  /** How the version found stands to the one verified; unknown where they can't be compared. */
  readonly is: 'missing' | 'verified' | 'older' | 'newer' | 'unknown';
  /** The teams here that are built for it. */
  readonly built: readonly string[];
  /** What changed between the two versions. */
  readonly changes: readonly Touched[];
}

/** Clients for a person: a line for each, and below it what differs. */
export function prettyCheckup(checks: readonly ClientCheck[], style: Style): string {
  const paint = new Chalk({ level: style.color });
  const width = Math.max(...checks.map(({ title }) => title.length));
  return checks
    .map((check) => {
      const mark = { missing: paint.dim('-'), verified: paint.green('✓') }[check.is as string] ?? paint.yellow('!');
      const lines = [`${mark} ${check.title.padEnd(width)}  ${visible(sentence(check))}`];
      if (check.path !== undefined) lines.push(paint.dim(`  ${' '.repeat(width)}  ${visible(check.path)}`));
      if (check.built.length > 0)
        lines.push(`  ${' '.repeat(width)}  built for it: ${visible(enumerate(check.built))}`);
      for (const change of check.changes) lines.push(...told(change, width));
      return `${folded(lines.join('\n'), style)}\n`;
    })
    .join('');
}

function sentence({ is, found, verified, changes }: ClientCheck): string {
  if (is === 'missing') return `not found here; verified with ${verified}`;
  if (is === 'verified') return `${found}, the version that was verified`;
  if (is === 'unknown') return `${found ?? 'it does not tell its version'}; verified with ${verified}`;
  const known =
    changes.length > 0
      ? `${count(changes.length, 'change')} between that matter`
      : 'nothing known between that matters';
  return `${found}, ${is} than ${verified}, which was verified; ${known}`;
}

function told({ version, what, teams }: Touched, width: number): readonly string[] {
  const indent = ' '.repeat(width + 4);
  return [
    `${indent}from ${version} on: ${what}`,
    ...teams.map(
      ({ team, roles }) =>
        `${indent}  touches ${count(roles.length, 'role')} of ${visible(team)}: ${visible(enumerate(roles))}`,
    ),
  ];
}
