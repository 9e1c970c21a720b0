import { decide } from '../pattern/decide.ts';
import { type Domain, isInDomain } from '../pattern/domain.ts';
import type { Policy, RuleList } from '../pattern/policy.ts';
import { samplesFor } from '../pattern/samples.ts';
import { restOf } from './plain-use.ts';
import { type Answer, domainsOf, insideOf, type Probe } from './probe-search.ts';

/** How many well-known arguments of a probe are tried on each policy. */
const MOST_SAMPLES = 8;

/** Answers about policies inside one probe. */
export type PlainAnswers = (policy: Policy) => Answer | undefined;

/**
 * Answers by examples: an allowed one, or one that is asked about where a list allows nothing. Tried are well-known arguments, and what the
 * rules that allow or ask spell out, within the probe. Nothing where no example shows enough; then the automata have to answer.
 */
export function plainAnswers(probe: Probe): PlainAnswers {
  const inside = insideOf(probe);
  const domains = domainsOf(probe);
  const isInside = (argument: string): boolean => isIn(argument, inside, domains);
  let samples: readonly string[] | undefined;
  return (policy) => {
    samples ??= domains.flatMap((domain) => samplesFor(domain, inside.rules)).filter(firstFew(MOST_SAMPLES, isInside));
    const spelled = policy.lists.flatMap(({ rules }) =>
      rules.filter(({ decision }) => decision !== 'deny').flatMap(({ pattern }) => withinBoth(probe.pattern, pattern)),
    );
    const fitting = [...withinBoth(probe.pattern, ''), ...spelled].filter(isInside);
    return answerBy([...samples, ...fitting.sort(byLength)], policy);
  };
}

/** An argument of a probe that is well known or spelled out by it; nothing where the automata have to look for one. */
export function plainExample(probe: Probe): string | undefined {
  const inside = insideOf(probe);
  const domains = domainsOf(probe);
  return [...domains.flatMap((domain) => samplesFor(domain, inside.rules)), ...withinBoth(probe.pattern, '')].find(
    (argument) => isIn(argument, inside, domains),
  );
}

function isIn(argument: string, inside: RuleList, domains: readonly Domain[]): boolean {
  return (
    decide({ lists: [inside] }, argument).decision === 'allow' && domains.some((domain) => isInDomain(domain, argument))
  );
}

/** What two patterns spell out together: the letters of the second in the place of the last star of the first, or of one before. */
function withinBoth(first: string, second: string): readonly string[] {
  const stem = first.replace(/ ?[*?].*$/s, '');
  const after = restOf(first);
  const own = second.startsWith(`${stem} `) ? second.slice(stem.length).replaceAll('*', '') : restOf(second);
  const words = (...parts: readonly string[]): string =>
    parts
      .map((part) => part.trim())
      .filter(Boolean)
      .join(' ');
  return after === '' ? [words(stem, restOf(second))] : [words(stem, own, after), words(stem, after, own)];
}

const byLength = (a: string, b: string): number => a.length - b.length;

/** Lets the first few that fit through, and looks at no more then. */
function firstFew(most: number, fits: (argument: string) => boolean): (argument: string) => boolean {
  let left = most;
  return (argument) => left > 0 && fits(argument) && left-- > 0;
}

function answerBy(examples: readonly string[], policy: Policy): Answer | undefined {
  const allowed = examples.find((example) => decide(policy, example).decision === 'allow');
  if (allowed !== undefined) return { allow: allowed };
  if (mayAllow(policy)) return undefined;
  const asked = examples.find((example) => decide(policy, example).decision === 'ask');
  return asked === undefined ? undefined : { ask: asked };
}

/** Whether every list allows something. */
function mayAllow({ lists }: Policy): boolean {
  return lists.every(
    ({ rules, otherwise }) => otherwise === 'allow' || rules.some(({ decision }) => decision === 'allow'),
  );
}
