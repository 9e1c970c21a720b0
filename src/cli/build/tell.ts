import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Document } from '../../document/document.ts';
import { fidelityJson, prettyFidelity, prettyRows } from '../../report/fidelity.ts';
import { folded } from '../../report/folded.ts';
import { json } from '../../report/json.ts';
import { changesJson, prettyChanges, tally } from '../../report/plan.ts';
import { differenceSentence, differences, prettyDifferences } from '../../report/plan-diff.ts';
import { prettyReport } from '../../report/pretty.ts';
import { type LintedTeam, pathOf } from '../../report/result.ts';
import { count } from '../../report/summary.ts';
import type { Fidelity, Plan, Target } from '../../target/target.ts';
import { enumerate } from '../../text/enumerate.ts';
import type { Built } from '../../workspace/build.ts';
import { packageVersion } from '../../workspace/package.ts';
import type { Globals } from '../globals.ts';
import type { Io } from '../io.ts';
import type { Options } from './options.ts';

/** The team that is built or taken out, as people are told of it. */
export interface Subject {
  readonly name: string;
  readonly path: string;
  readonly documents: ReadonlyMap<string, Document>;
}

/** A team with its plans. */
export interface Compiled {
  readonly linted: LintedTeam;
  readonly targets: readonly Target[];
  readonly plans: readonly Plan[];
}

/** What the build before said of the platforms, where one follows the other. */
export interface Said {
  platforms?: string;
}

/** Tells people, or a program that reads JSON, what became of a build. */
export class Telling {
  readonly #options: Options;
  readonly #globals: Globals;
  readonly #io: Io;
  readonly #said: Said;

  constructor(options: Options, globals: Globals, io: Io, said: Said) {
    this.#options = options;
    this.#globals = globals;
    this.#io = io;
    this.#said = said;
  }

  warnings(linted: LintedTeam): void {
    const warnings = linted.diagnostics.filter(({ severity }) => severity === 'warning').length;
    if (warnings > 0 && !this.#globals.quiet)
      this.#aside(`${count(warnings, 'warning')}; "teamc lint ${pathOf(linted)}" shows them.`);
  }

  /** What keeps a team from being built. */
  refused(linted: LintedTeam, diagnostics: readonly Diagnostic[]): void {
    const documents = new Map<string, Document>(linted.loaded.documents);
    for (const { at } of diagnostics) {
      const found = documents.has(at.file) ? undefined : this.#globals.disk.document(at.file);
      if (found && !('rule' in found)) documents.set(at.file, found);
    }
    const teams = [{ ...linted, loaded: { ...linted.loaded, documents }, diagnostics }];
    const result = { teams, rules: [], version: packageVersion() };
    if (this.#options.format === 'json') {
      const found = JSON.parse(json(result, { color: 0 })) as { readonly diagnostics: readonly object[] };
      this.#printJson({ files: [], fidelity: [], diagnostics: found.diagnostics });
    } else this.#io.stdout.write(prettyReport(result, this.#globals.style));
    this.#aside('Nothing was written: errors keep a team from being built, and --force does not help.');
  }

  /** Limits that are carried below the level that was required. */
  missed(rows: readonly Fidelity[], documents: ReadonlyMap<string, Document>): void {
    const { require: level, format } = this.#options;
    if (format === 'json') this.#printJson({ files: [], fidelity: fidelityJson(rows, documents) });
    else this.#io.stdout.write(prettyRows(rows, documents, this.#globals.style));
    const are = rows.length === 1 ? 'is' : 'are';
    this.#aside(`Nothing was written: ${count(rows.length, 'limit')} of a role ${are} carried below ${level}.`);
  }

  recovered({ recovered }: Built): void {
    if (recovered && !this.#globals.quiet)
      this.#aside(`A build that was interrupted was ${recovered === 'undo' ? 'undone' : 'completed'} first.`);
  }

  /** What was changed, or would be; as a diff where the files are not what they should be. */
  async built(built: Built, subject: Subject, compiled: Compiled | undefined, asDiff: boolean): Promise<void> {
    if (this.#options.format === 'json') await this.#json(built, compiled, subject);
    else if (asDiff) await this.#differences(built);
    else if (!this.#globals.quiet) this.#pretty(built, compiled, subject);
  }

  async #json({ plan, written }: Built, compiled: Compiled | undefined, { documents }: Subject): Promise<void> {
    const rows = (compiled?.plans ?? []).flatMap(({ fidelity }) => fidelity);
    const found = (await differences(plan.changes)).filter(({ change }) => !written || change.drift !== undefined);
    this.#printJson({
      files: changesJson(plan.changes),
      removed: plan.changes.filter(({ action }) => action === 'remove').map(({ path }) => path),
      differences: found.map(({ change: { path, action, drift }, diff }) => ({
        path,
        action,
        ...(drift ? { drift } : {}),
        diff,
      })),
      fidelity: fidelityJson(rows, documents),
    });
  }

  async #differences({ plan }: Built): Promise<void> {
    const { style, verbose } = this.#globals;
    const { check } = this.#options;
    const found = await differences(check ? plan.changes : plan.changes.filter(({ drift }) => drift !== undefined));
    this.#io.stdout.write(prettyDifferences(found, verbose, style));
    this.#aside(differenceSentence(found, check === true));
  }

  #pretty(built: Built, compiled: Compiled | undefined, subject: Subject): void {
    const { style } = this.#globals;
    const { changes } = built.plan;
    const { stdout } = this.#io;
    const names = (compiled?.targets ?? []).map(({ manifest }) => manifest.title);
    const what = compiled ? ` for ${enumerate(names)}` : '';
    stdout.write(folded(`${subject.name}: ${tally(changes, built.written)}${what}\n`, style));
    stdout.write(prettyChanges(changes, built.written, style));
    this.#others(built, subject);
    if (!compiled || this.#options.check) return;
    const platforms = this.#platforms(compiled, subject);
    if (platforms !== this.#said.platforms) stdout.write(platforms);
    this.#said.platforms = platforms;
  }

  /** What each platform does not enforce; all of it where somebody wants to know. */
  #platforms({ plans, targets, linted }: Compiled, { documents }: Subject): string {
    const { style, verbose } = this.#globals;
    const rows = plans.flatMap(({ fidelity }) => fidelity);
    const roles = linted.loaded.team.roles.size;
    const each = targets.map(({ manifest }, index) =>
      prettyFidelity({ manifest, fidelity: plans[index]!.fidelity, roles }, style),
    );
    const more = `--verbose names every role and place; --report FILE writes all ${rows.length} rows as JSON.\n`;
    return [...each, verbose ? prettyRows(rows, documents, style) : folded(more, style)]
      .map((text) => `\n${text}`)
      .join('');
  }

  /** Files of targets that were not asked for stay; somebody may wonder why. */
  #others({ plan: { others } }: Built, { path }: Subject): void {
    if (others.length === 0 || this.#options.target) return;
    const options = others.map((name) => ` --target ${name}`).join('');
    const is = others.length === 1 ? 'is no target' : 'are no targets';
    this.#aside(
      `Files of ${enumerate(others)} stay, which ${is} of the team; "teamc build ${path} --clean${options}" removes them.`,
    );
  }

  #aside(sentence: string): void {
    this.#io.stderr.write(`teamc: ${sentence}\n`);
  }

  #printJson(content: object): void {
    this.#io.stdout.write(`${JSON.stringify({ version: 1, ...content }, undefined, 2)}\n`);
  }
}
