import { analyze, type Facts } from '../analysis/facts.ts';
import type { Diagnostic, Severity } from '../diagnostic/diagnostic.ts';
import type { LoadedTeam } from '../team/read.ts';
import { rules as everyRule } from './generated/rules.ts';
import type { Rule } from './rule.ts';
import { type Suppressions, suppressionsOf } from './suppress.ts';

export type Profile = 'regular' | 'strict';

export interface LintOptions {
  /** Overrides the team's own profile. */
  readonly profile?: Profile;
  /** The rules that may run; all of them when left out. */
  readonly rules?: readonly Rule[];
  readonly facts?: Facts;
}

/** Rules whose findings are mistakes of the file itself: where one is, nothing else is said of that file. */
const UNREADABLE: ReadonlySet<string> = new Set(['yaml-syntax', 'front-matter-misplaced']);

/** Runs the rules over a team: what was wrong while reading first, then what the linked team shows. */
export function lint(loaded: LoadedTeam, options: LintOptions = {}): readonly Diagnostic[] {
  const { team } = loaded;
  const { rules = everyRule, facts = analyze(team) } = options;
  const profile = options.profile ?? team.definition.lint?.profile ?? 'regular';
  const suppressed = suppressionsOf(loaded);
  const unreadable = new Set(
    loaded.problems
      .filter((found) => found.severity === 'error' && UNREADABLE.has(found.rule))
      .map(({ at }) => at.file),
  );
  const found: Diagnostic[] = [];
  for (const rule of rules) {
    const { severity, settings } = settingsOf(team.definition.lint?.rules, rule, profile);
    if (severity === 'off') continue;
    rule.check({
      loaded,
      team,
      facts,
      settings,
      ruleIds: everyRule.map(({ id }) => id),
      report(finding) {
        if (!rule.reading && unreadable.has(finding.at.file)) return;
        if (!loaded.ownFiles.has(finding.at.file) && loaded.documents.has(finding.at.file)) return;
        found.push({ ...finding, rule: rule.id, severity: weigh(severity, rule.severity, finding.severity) });
      },
    });
  }
  return [...withoutSuppressed(found, suppressed, loaded), ...unexplained(suppressed, loaded)];
}

/** A severity from the team's settings wins; else a finding may weigh differently from its rule. */
function weigh(configured: Severity, usual: Severity, own: Severity | undefined): Severity {
  return configured !== usual ? configured : (own ?? usual);
}

function settingsOf(
  settings: Readonly<Record<string, unknown>> | undefined,
  rule: Rule,
  profile: Profile,
): { severity: Severity | 'off'; settings: Readonly<Record<string, unknown>> } {
  const usual = rule.profile === 'strict' && profile !== 'strict' ? 'off' : rule.severity;
  const own = settings && Object.hasOwn(settings, rule.id) ? settings[rule.id] : undefined;
  if (typeof own === 'string') return { severity: own as Severity | 'off', settings: {} };
  if (typeof own !== 'object' || own === null) return { severity: usual, settings: {} };
  const map = own as Readonly<Record<string, unknown>>;
  return { severity: (map['severity'] as Severity | 'off' | undefined) ?? usual, settings: map };
}

function withoutSuppressed(
  found: readonly Diagnostic[],
  suppressed: Suppressions,
  loaded: LoadedTeam,
): readonly Diagnostic[] {
  return found.filter((diagnostic) => !suppressed.covers(diagnostic, loaded));
}

/** A suppression without a reason is itself a finding: nobody after its author will know whether it still holds. */
function unexplained(suppressed: Suppressions, loaded: LoadedTeam): readonly Diagnostic[] {
  return suppressed.withoutReason
    .filter(({ file }) => loaded.ownFiles.has(file))
    .map((at) => ({
      rule: 'schema',
      severity: 'warning',
      at,
      message: 'This ignore does not say why.',
      help: 'Write the reason after a colon: "# teamc-ignore rule: why".',
    }));
}
