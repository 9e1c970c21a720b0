import { findCall } from '../../pattern/find.ts';
import { normalizePath } from '../../pattern/normal.ts';
import { type Decision, type PatternRule, type RuleList, stricter } from '../../pattern/policy.ts';
import { intersect } from './wildcards.ts';

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
 * `src/**` is `src/*` there, and a star within a segment needs rules that take back what its wildcard covers beyond the
 * segment: after `src/*.ts` comes `src/*` + `/*.ts` with whatever held there before. A few globs have no finite list of
 * wildcards (the last segment of any depth begins with x): their list errs on the strict side, and `compare` says where.
 */
export function lowerPaths({ rules, otherwise }: RuleList): readonly WildcardRule[] {
  const lowered: WildcardRule[] = rules[0]?.pattern === '*' ? [] : [['*', otherwise]];
  for (const { pattern: glob, decision } of rules) {
    const before = [...lowered];
    if (waysToWrite(glob) > MOST_COVERS) {
      const wide = widest(glob);
      lowered.push([wide, before.map(([, held]) => held).reduce(stricter, decision)]);
      continue;
    }
    const covers = coversOf(glob);
    for (const { pattern } of covers) lowered.push([pattern, decision]);
    for (const beyond of new Set(covers.flatMap((cover) => cover.beyond)))
      lowered.push(...takenBack(before, beyond, glob, decision));
  }
  return lowered;
}

/** Each `**` between folders doubles the wildcards of a glob; of more than these a person would not read one. */
const MOST_COVERS = 32;

/** How many wildcards a glob has. */
function waysToWrite(glob: string): number {
  return 2 ** (glob.match(/(?:(?<![^/])\*\*\/)+(?!\*)/g) ?? []).length;
}

/** One wildcard that covers a glob, and more: what is written for it must be no looser than what held before. */
function widest(glob: string): string {
  return glob.replaceAll(/(?<![^/])\*\*\//g, '*').replaceAll(/\*+/g, '*');
}

/** Whether a glob is the same as its wildcards: none of them covers more, and it needs no tidying first. */
export function isExact(glob: string): boolean {
  return (
    normalizePath(glob) === glob &&
    waysToWrite(glob) <= MOST_COVERS &&
    coversOf(glob).every(({ beyond }) => beyond.length === 0)
  );
}

/** The rules that give a wildcard's paths back to what held before; none where that would take from the glob what is its own. */
function takenBack(
  before: readonly WildcardRule[],
  beyond: string,
  glob: string,
  decision: Decision,
): readonly WildcardRule[] {
  const held = heldOn(before, beyond);
  const strictest = held.reduce<Decision>(stricter, 'allow');
  if (isOnlyBeyond(glob, beyond)) return (held.length > 1 && restored(before, beyond)) || [[beyond, strictest]];
  return stricter(decision, strictest) === decision ? [] : [[beyond, strictest]];
}

/** Whether nothing of the glob lies in a wildcard beyond it. Without `**` the number of slashes already tells them apart. */
function isOnlyBeyond(glob: string, beyond: string): boolean {
  if (!glob.includes('**')) return true;
  return !occurs(
    { rules: [{ dialect: 'path', pattern: glob, decision: 'allow' }], otherwise: 'deny' },
    beyond,
    'allow',
  );
}

/** Every rule that held before, narrowed to a wildcard's paths, in the order they had. */
function restored(before: readonly WildcardRule[], beyond: string): readonly WildcardRule[] | undefined {
  const rules: WildcardRule[] = [];
  for (const [pattern, decision] of before) {
    const both = intersect(pattern, beyond);
    if (!both) return undefined;
    rules.push(...both.map((narrow): WildcardRule => [narrow, decision]));
  }
  return rules.length > MOST_RESTORED ? undefined : rules;
}

/** More rules than this for one glob would bury the file that people read. */
const MOST_RESTORED = 40;

function asList(rules: readonly WildcardRule[]): RuleList {
  return {
    rules: rules.map(([pattern, decision]): PatternRule => ({ dialect: 'opencode', pattern, decision })),
    otherwise: 'ask',
  };
}

/** The decisions that hold for the paths of a wildcard. Rules that don't meet it are left out first, which mostly settles it. */
function heldOn(before: readonly WildcardRule[], beyond: string): readonly Decision[] {
  const meeting = before.filter(([pattern]) => pattern === '*' || intersect(pattern, beyond)?.length !== 0);
  const decisions = [...new Set(meeting.map(([, decision]) => decision))];
  return decisions.length < 2 ? decisions : decisions.filter((decision) => occurs(asList(meeting), beyond, decision));
}

function occurs(list: RuleList, pattern: string, decision: Decision): boolean {
  const within = [{ dialect: 'opencode', pattern }] as const;
  return findCall({ lists: [list] }, { within, decisions: [decision], domain: 'path' }) !== 'none';
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

const ANYTHING: Item = { text: '*', segment: false };
const SLASH: Item = { text: '/', segment: false };

function variantsOf(glob: string): readonly (readonly Item[])[] {
  let variants: readonly (readonly Item[])[] = [[]];
  const segments = glob.split('/').filter((segment, at, all) => segment !== '**' || all[at - 1] !== '**');
  for (const [index, segment] of segments.entries()) {
    const [before, after] = [segments[index - 1], segments[index + 1]];
    if (segment === '**') variants = withFolders(variants, before, after);
    else variants = variants.map((items) => [...items, ...segmentItems(segment, before, after)]);
  }
  return variants;
}

/** `**` behind each way of writing what stands before it. */
function withFolders(
  variants: readonly (readonly Item[])[],
  before: string | undefined,
  after: string | undefined,
): readonly (readonly Item[])[] {
  const open = variants.map((items) => [...items, ANYTHING]);
  if (after === undefined) return open;
  // A star before them runs into the folders, and one behind them too.
  if (endsWithStar(before)) return beginsWithStar(after) ? open : variants;
  return beginsWithStar(after) ? open : variants.flatMap((items) => [items, [...items, ANYTHING, SLASH]]);
}

function segmentItems(segment: string, before: string | undefined, after: string | undefined): readonly Item[] {
  const items = itemsOf(before === '**' && beginsWithStar(segment) ? segment.replace(/^\*+/, '') : segment);
  // Whatever folders follow, the star before them runs into them.
  if (after === '**' && endsWithStar(segment) && items.length > 0) items[items.length - 1] = ANYTHING;
  return after === undefined ? items : [...items, SLASH];
}

/** Any folders and then a star are any text: the two become one. */
function beginsWithStar(segment: string): boolean {
  return segment.startsWith('*') && segment !== '**';
}

function endsWithStar(segment: string | undefined): boolean {
  return segment?.endsWith('*') === true && segment !== '**';
}

function itemsOf(segment: string): Item[] {
  return (segment.match(/\*+|\?|[^*?]+/g) ?? []).map((text) => ({
    text: text.startsWith('*') ? '*' : text,
    segment: text.startsWith('*') || text === '?',
  }));
}
