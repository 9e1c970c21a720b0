import { dirname, relative } from 'node:path';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { locatePlace } from '../document/position.ts';
import type { LintedTeam } from '../report/result.ts';
import type { Disk } from './disk.ts';
import { slashed } from './paths.ts';

/** A finding as a baseline knows it: what stays the same when lines come and go. */
export interface Recorded {
  readonly rule: string;
  /** From the folder of the baseline, with forward slashes. */
  readonly file: string;
  readonly role?: string;
  /** Without its numbers, which change with every role that comes or goes. */
  readonly message: string;
  /** How many findings look like this. */
  readonly count: number;
}

/** What is left of findings next to a baseline. */
export interface Sifted {
  /** The teams with the findings that are not recorded. */
  readonly teams: readonly LintedTeam[];
  /** How many findings are recorded, and so not among them. */
  readonly held: number;
  /** What is recorded of these teams and no longer found; `count` says how often. */
  readonly gone: readonly Recorded[];
}

/** The findings of an old team, recorded so that only new ones are told. `path` is that of its file. */
export class Baseline {
  readonly #disk: Disk;
  readonly #path: string;
  readonly #recorded: readonly Recorded[];

  constructor(disk: Disk, path: string, recorded: readonly Recorded[]) {
    this.#disk = disk;
    this.#path = path;
    this.#recorded = recorded;
  }

  /** Takes the recorded findings out: of those that look the same the first ones, as many as were recorded. */
  sift(teams: readonly LintedTeam[]): Sifted {
    const left = new Map(this.#recorded.map((entry) => [keyOf(entry), entry.count]));
    let held = 0;
    const sifted = teams.map((team) => {
      const diagnostics = team.diagnostics.filter((diagnostic) => {
        const key = keyOf(this.#entry(diagnostic, team));
        const count = left.get(key) ?? 0;
        if (count > 0) left.set(key, count - 1);
        if (count > 0) held++;
        return count === 0;
      });
      return { ...team, diagnostics };
    });
    const gone = this.#recorded
      .map((entry) => ({ ...entry, count: left.get(keyOf(entry)) ?? 0 }))
      .filter((entry) => entry.count > 0 && this.#isOf(entry, teams));
    return { teams: sifted, held, gone };
  }

  /** The baseline that records what is found in teams now, and of all other teams what it recorded before. */
  updated(teams: readonly LintedTeam[]): Baseline {
    const counts = new Map<string, Recorded>();
    for (const team of teams)
      for (const diagnostic of team.diagnostics) {
        const entry = this.#entry(diagnostic, team);
        const before = counts.get(keyOf(entry));
        counts.set(keyOf(entry), before ? { ...before, count: before.count + 1 } : entry);
      }
    const others = this.#recorded.filter((entry) => !counts.has(keyOf(entry)) && !this.#isOf(entry, teams));
    return new Baseline(this.#disk, this.#path, [...counts.values(), ...others]);
  }

  /** How many findings are recorded. */
  get size(): number {
    return this.#recorded.reduce((sum, { count }) => sum + count, 0);
  }

  /** The file: a line for each finding, in an order that changes no more than the findings do. */
  text(): string {
    const lines = this.#recorded
      .toSorted((a, b) => compare(a.file, b.file) || compare(keyOf(a), keyOf(b)))
      .map(({ file, rule, role, message, count }) => `    ${JSON.stringify({ file, rule, role, message, count })}`);
    const findings = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
    return `{\n  "version": 1,\n  "findings": ${findings}\n}\n`;
  }

  #entry({ rule, at, role, message }: Diagnostic, { loaded }: LintedTeam): Recorded {
    const { file } = locatePlace(at, loaded.documents);
    const plain = message.replace(/\d+(?:[.,]\d+)*/g, '#');
    return { rule, file: this.#inside(file), ...(role === undefined ? {} : { role }), message: plain, count: 1 };
  }

  /** Whether a finding belongs to one of some teams: it lies in a file of the team, or in one that is gone from its folder. */
  #isOf({ file }: Recorded, teams: readonly LintedTeam[]): boolean {
    const path = this.#disk.path(this.#disk.full(`${dirname(this.#path)}/${file}`));
    return teams.some(({ loaded, path: team }) => {
      const folder = dirname(team);
      const below = folder === '.' ? !path.startsWith('../') : path.startsWith(`${folder}/`);
      return loaded.ownFiles.has(path) || (below && !this.#disk.exists(path));
    });
  }

  #inside(file: string): string {
    return slashed(relative(dirname(this.#disk.full(this.#path)), this.#disk.full(file)));
  }
}

/** Reads a baseline; one that is not there records nothing. Answers why it can't be used, as the end of a sentence. */
export function readBaseline(disk: Disk, path: string): Baseline | { readonly because: string } {
  if (!disk.exists(path)) return new Baseline(disk, path, []);
  const text = disk.text(path);
  if (typeof text !== 'string') return text;
  const data = parsed(text);
  if (data?.version !== 1 || !Array.isArray(data.findings) || !data.findings.every(isRecorded))
    return { because: 'is no baseline that this version of teamc wrote; remove it to begin anew' };
  return new Baseline(disk, path, data.findings);
}

function parsed(text: string): { readonly version?: unknown; readonly findings?: unknown } | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' && data !== null ? data : undefined;
  } catch {
    return undefined;
  }
}

function isRecorded(entry: unknown): entry is Recorded {
  if (typeof entry !== 'object' || entry === null) return false;
  const { rule, file, role = '', message, count } = entry as Readonly<Record<string, unknown>>;
  const texts = [rule, file, role, message];
  return texts.every((text) => typeof text === 'string') && Number.isSafeInteger(count) && (count as number) > 0;
}

function keyOf({ rule, file, role, message }: Recorded): string {
  return JSON.stringify([file, rule, role, message]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
