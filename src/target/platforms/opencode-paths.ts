import { findCall } from '../../pattern/find.ts';
import { type Decision, type PatternRule, type RuleList, stricter } from '../../pattern/policy.ts';

/** A rule as opencode writes it: a wildcard whose `*` crosses `/`, and an action. */
export type WildcardRule = readonly [pattern: string, action: Decision];

/** A wildcard that covers a path glob, and wildcards for what it covers beyond it. */
interface Cover {
  readonly pattern: string;
  readonly beyond: readonly string[];
}

/**
 * Lowers an ordered list of path globs to opencode's wildcards.
 *
 * `src/**` is `src/*` there, and a star within a segment needs a rule that takes back what its wildcard covers beyond
 * the segment: after `src/*.ts` comes `src/*` + `/*.ts` with whatever held there before. Where no single decision held,
 * the strictest one is written; whether the result is equal is for `compare` to say.
 */
export function lowerPaths({ rules, otherwise }: RuleList): readonly WildcardRule[] {
  const lowered: WildcardRule[] = rules[0]?.pattern === '*' ? [] : [['*', otherwise]];
  for (const rule of rules) {
    for (const { pattern, beyond } of coversOf(rule.pattern)) {
      const before = asList(lowered);
      lowered.push([pattern, rule.decision]);
      for (const taken of beyond) lowered.push([taken, heldBefore(before, taken)]);
    }
  }
  return lowered;
}

function asList(rules: readonly WildcardRule[]): RuleList {
  return {
    rules: rules.map(([pattern, decision]): PatternRule => ({ dialect: 'opencode', pattern, decision })),
    otherwise: 'ask',
  };
}

/** The decision that held for the paths of a wildcard; the strictest of them where there were several. */
function heldBefore(list: RuleList, pattern: string): Decision {
  const held = (['deny', 'ask', 'allow'] as const).filter(
    (decision) =>
      findCall(
        { lists: [list] },
        { within: [{ dialect: 'opencode', pattern }], decisions: [decision], domain: 'path' },
      ) !== 'none',
  );
  return held.reduce<Decision>(stricter, 'allow');
}

/** `**` between folders stands for none or more of them; each way of writing it gets a cover of its own. */
function coversOf(glob: string): readonly Cover[] {
  if (glob === '*' || glob === '**') return [{ pattern: '*', beyond: [] }];
  return variantsOf(glob).map((items) => {
    const pattern = items.map((item) => item.text).join('');
    const beyond = items.flatMap((item, at) =>
      item.segment ? [items.map((other, index) => (index === at ? crossing(item.text) : other.text)).join('')] : [],
    );
    return { pattern, beyond };
  });
}

/** A piece of a wildcard; `segment` says that it must not cross a slash, though opencode lets it. */
interface Item {
  readonly text: string;
  readonly segment: boolean;
}

/** What a star or a question mark covers when it does cross a slash. */
function crossing(text: string): string {
  return text === '?' ? '/' : '*/*';
}

function variantsOf(glob: string): readonly (readonly Item[])[] {
  let variants: Item[][] = [[]];
  const segments = glob.split('/');
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    if (segment === '**') {
      const anything: Item = { text: '*', segment: false };
      const slash: Item = { text: '/', segment: false };
      variants = last
        ? variants.map((items) => [...items, anything])
        : variants.flatMap((items) =>
            beginsWithStar(segments[index + 1]!) ? [[...items, anything]] : [items, [...items, anything, slash]],
          );
      continue;
    }
    const merged = segments[index - 1] === '**' && beginsWithStar(segment);
    const items = itemsOf(merged ? segment.replace(/^\*+/, '') : segment);
    variants = variants.map((before) => [...before, ...items, ...(last ? [] : [{ text: '/', segment: false }])]);
  }
  return variants;
}

/** Any folders and then a star are any text: the two become one. */
function beginsWithStar(segment: string): boolean {
  return segment.startsWith('*') && segment !== '**';
}

function itemsOf(segment: string): readonly Item[] {
  return (segment.match(/\*+|\?|[^*?]+/g) ?? []).map((text) => ({
    text: text.startsWith('*') ? '*' : text,
    segment: text.startsWith('*') || text === '?',
  }));
}
