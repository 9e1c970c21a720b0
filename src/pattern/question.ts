import { type Alphabet, alphabetOf } from './alphabet.ts';
import { type Domain, domainList } from './domain.ts';
import type { Search } from './explore.ts';
import { type CompiledList, compileList, decisionMachine } from './list-machine.ts';
import type { Machine } from './machine.ts';
import { type Meter, meter } from './meter.ts';
import type { Policy, RuleList } from './policy.ts';
import { type Joint, sideBySide, strictest } from './product.ts';
import { rulesOf, samplesFor } from './samples.ts';
import { surveyOf } from './survey.ts';

/** What every search needs: one alphabet for all that is asked about, and a gate that lets through the arguments it is about. */
export interface Question {
  readonly alphabet: Alphabet;
  readonly meter: Meter;
  readonly gate: Machine;
  /** The policies side by side; the outcomes are the ranks of their decisions, in their order. */
  readonly body: Joint;
}

/** A list that has nothing to say against anything: what a policy without lists amounts to. */
const ALLOWS_ALL: RuleList = { rules: [], otherwise: 'allow' };

/**
 * Sets up a question about policies over a domain, narrowed to the arguments that every `within` list allows. Equal lists share
 * one machine, equal policies as well. Throws `UnsupportedPattern` where a pattern has no exact automaton.
 */
export function ask(
  domain: Domain,
  policies: readonly Policy[],
  meter: Meter,
  within: readonly RuleList[] = [],
): Question {
  const lists = policies.map((policy) => (policy.lists.length > 0 ? policy.lists : [ALLOWS_ALL]));
  const compiled = new Map([...lists.flat(), ...within].map((list) => [keyOf(list), list]));
  const programs = new Map([...compiled].map(([key, list]) => [key, compileList(list)]));
  const base = domainList(domain);
  const alphabet = alphabetFor([base, ...programs.values()]);

  const machineOf = once((key) => decisionMachine(programs.get(key)!, alphabet, meter));
  const policyOf = once((key) => strictest(key.split('\n').map(machineOf), alphabet.size, meter));
  const keys = lists.map((some) => some.map(keyOf).join('\n'));
  const distinct = [...new Set(keys)];
  const joint = sideBySide(distinct.map(policyOf), alphabet.size, meter);
  const places = keys.map((key) => distinct.indexOf(key));
  const gates = [decisionMachine(base, alphabet, meter), ...within.map((list) => machineOf(keyOf(list)))];
  return {
    alphabet,
    meter,
    gate: strictest(gates, alphabet.size, meter),
    body: {
      machine: joint.machine,
      read(outcome) {
        const ranks = joint.read(outcome);
        return places.map((place) => ranks[place]!);
      },
    },
  };
}

/** The classes of arguments that some policies decide alike, each with an example and the ranks of the decisions. */
export interface PolicySurvey {
  readonly classes: readonly { readonly witness: string; readonly ranks: readonly number[] }[];
  readonly complete: boolean;
}

/**
 * Surveys policies over a domain, narrowed to what every `within` list allows. The classes with the shortest examples come first.
 * Throws as `ask` does.
 */
export function surveyPolicies(
  policies: readonly Policy[],
  domain: Domain,
  budget: number,
  within: readonly RuleList[] = [],
): PolicySurvey {
  const limit = meter(budget);
  let body: Joint | undefined;
  const prepare = (): Search => {
    const question = ask(domain, policies, limit, within);
    body = question.body;
    return { ...question, body: body.machine };
  };
  const { examples, complete } = surveyOf(prepare, samplesFor(domain, rulesOf([...policies, { lists: within }])));
  const classes = [...examples].map(([outcome, witness]) => ({ witness, ranks: body?.read(outcome) ?? [] }));
  return { classes, complete };
}

/** The alphabet on which all the lists agree. */
export function alphabetFor(lists: readonly CompiledList[]): Alphabet {
  return alphabetOf(lists.flatMap((list) => list.programs.flatMap(({ sets }) => sets)));
}

/** Equal for lists that decide alike because they say the same. It holds no newline. */
function keyOf(list: RuleList): string {
  return JSON.stringify([list.otherwise, list.rules.map((rule) => [rule.dialect, rule.pattern, rule.decision])]);
}

function once<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
