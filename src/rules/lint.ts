import { analyze, type Facts } from '../analysis/facts.ts';
import type { Diagnostic, Severity } from '../diagnostic/diagnostic.ts';
import { builtinTarget } from '../target/builtin.ts';
import { compile } from '../target/compile.ts';
import type { Plan, Target } from '../target/target.ts';
import type { LoadedTeam } from '../team/read.ts';
import type { Team } from '../team/team.ts';
import { rules as everyRule } from './generated/rules.ts';
import type { Finding, Rule, RuleContext } from './rule.ts';
import { type Idle, type Suppressions, suppressionsOf } from './suppress.ts';

export type Profile = 'regular' | 'strict';

export interface LintOptions {
  /** Overrides the team's own profile. */
  readonly profile?: Profile;
  /** The rules that may run; all of them when left out. */
  readonly rules?: readonly Rule[];
  readonly facts?: Facts;
  /** The platforms to ask about as well: targets of one's own, or the names of those that teamc brings; none when left out. */
  readonly targets?: readonly (string | Target)[];
}

/** Rules whose findings are mistakes of the file itself: where one is, nothing else is said of that file. */
const UNREADABLE: ReadonlySet<string> = new Set(['yaml-syntax', 'front-matter-misplaced']);

/**
 * Runs the rules over a team: what was wrong while reading first, then what the linked team shows. Throws a RangeError
 * for a target that does not exist.
 */
export function lint(loaded: LoadedTeam, options: LintOptions = {}): readonly Diagnostic[] {
  const { team } = loaded;
  const { rules = everyRule, facts = analyze(team) } = options;
  const profile = options.profile ?? team.definition.lint?.profile ?? 'regular';
  const found: Diagnostic[] = [];
  const ignores = watching(loaded, found);
  const shared = { loaded, team, facts, ruleIds: everyRule.map(({ id }) => id), idle: ignores.idle };
  const { targets, ownTargets, plan } = planning(team, options.targets ?? []);
  const unreadable = unreadableFiles(loaded);
  for (const rule of inOrder(rules)) {
    const { severity, settings } = settingsOf(team.definition.lint?.rules, rule, profile);
    if (severity === 'off') continue;
    ignores.judged.add(rule.id);
    rule.check({
      ...shared,
      settings,
      plan,
      ownTargets,
      // What a rule says of platforms depends on who asks: an ignore may be there for those that were not asked about.
      get targets() {
        ignores.judged.delete(rule.id);
        return targets;
      },
      report(finding) {
        if (isAsked(rule, finding, loaded, unreadable))
          found.push({ ...finding, rule: rule.id, severity: weigh(severity, rule.severity, finding.severity) });
      },
    });
  }
  return ignores.apply();
}

/** Whether a finding is the team's own, and in a file that could be read as far as its rule needs that. */
function isAsked({ reading }: Rule, { at: { file } }: Finding, loaded: LoadedTeam, unreadable: ReadonlySet<string>) {
  if (!reading && unreadable.has(file)) return false;
  return loaded.ownFiles.has(file) || !loaded.documents.has(file);
}

/** The files in which a mistake of the file itself was found. */
function unreadableFiles({ problems }: LoadedTeam): ReadonlySet<string> {
  return new Set(
    problems.filter(({ severity, rule }) => severity === 'error' && UNREADABLE.has(rule)).map(({ at }) => at.file),
  );
}

/** The ignores of a team and what they make of findings, of which more and more are found. */
function watching(loaded: LoadedTeam, found: readonly Diagnostic[]) {
  const suppressed = suppressionsOf(loaded);
  const judged = new Set<string>();
  return {
    /** The rules that ran and would have found what there is, whoever asked. */
    judged,
    idle(): readonly Idle[] {
      if (unreadableFiles(loaded).size > 0) return [];
      for (const diagnostic of found) suppressed.covers(diagnostic);
      return suppressed.idle((rule) => judged.has(rule));
    },
    apply: (): readonly Diagnostic[] => [
      ...found.filter((diagnostic) => !suppressed.covers(diagnostic)),
      ...unexplained(suppressed),
    ],
  };
}

/** The rules, those last that look back at the others. */
function inOrder(rules: readonly Rule[]): readonly Rule[] {
  return [...rules.filter(({ closing }) => !closing), ...rules.filter(({ closing }) => closing)];
}

/** The names of some targets, each once, and what each would make of a team. */
function planning(
  team: Team,
  asked: readonly (string | Target)[],
): Pick<RuleContext, 'targets' | 'ownTargets' | 'plan'> {
  const own = asked.filter((target) => typeof target !== 'string');
  const ownTargets = new Map(own.map((target) => [target.manifest.target, target]));
  const targets = new Map<string, Target>();
  const plans = new Map<string, Plan>();
  const find = (name: string): Target => {
    const target = targets.get(name) ?? ownTargets.get(name) ?? builtinTarget(name);
    if (!target) throw new RangeError(`There is no target "${name}"`);
    targets.set(target.manifest.target, target);
    return target;
  };
  for (const target of asked) find(typeof target === 'string' ? target : target.manifest.target);
  return {
    targets: [...targets.keys()],
    ownTargets,
    plan(name) {
      const known = plans.get(name) ?? compile(team, find(name));
      plans.set(name, known);
      return known;
    },
  };
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

/** A suppression without a reason is itself a finding: nobody after its author will know whether it still holds. */
function unexplained(suppressed: Suppressions): readonly Diagnostic[] {
  return suppressed.withoutReason.map((at) => ({
    rule: 'schema',
    severity: 'warning',
    at,
    message: 'This ignore does not say why.',
    help: 'Write the reason after a colon: "# teamc-ignore rule: why".',
  }));
}
