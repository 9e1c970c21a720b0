import type { Notes } from './head.ts';
import { unquoted } from './words.ts';

/** A bullet of a section, with what stands below it. */
export interface Bullet {
  readonly text: string;
  readonly under: readonly string[];
}

/** A section that teamc wrote into a prompt. */
export interface OwnSection {
  readonly title: string;
  readonly bullets: readonly Bullet[];
}

/** A prompt that teamc wrote, taken apart. */
export interface OwnPrompt {
  /** The heading: the icon and the name. */
  readonly title: string;
  /** How its head is to be read. */
  readonly notes: Notes;
  readonly instructions: string;
  readonly sections: readonly OwnSection[];
}

/** What the last line of a prompt begins with that teamc wrote, and the whole of it. */
const MARK = '<!-- teamc: generated from ';
const WHOLE_MARK =
  /^<!-- teamc: generated from [^\n]*?(?:, its name ("(?:[^"\\]|\\.)*"))?(?:, its description (\d+) and its use (\d+) characters)?(, its use one text)?(?:, its last (\d+) sections?)?; edit that file and build again -->$/;

/** Takes a prompt apart that teamc wrote: title, instructions, and the sections that say the role's data in words. */
export function ownPrompt(text: string, titles: readonly string[]): OwnPrompt | undefined {
  const whole = text.trimEnd();
  const start = whole.indexOf(MARK, whole.lastIndexOf('\n') + 1);
  const mark = start === -1 ? null : WHOLE_MARK.exec(whole.slice(start));
  if (!mark) return undefined;
  const [, title, body = ''] = /^# ([^\n]*)\n([\s\S]*)$/.exec(whole.slice(0, start)) ?? [];
  if (title === undefined) return undefined;
  const headings = headingsIn(body, titles);
  const count = mark[5] === undefined ? suffix(headings, titles) : Number(mark[5]);
  const own = count === 0 ? [] : headings.slice(-count);
  return {
    title,
    notes: notesIn(mark),
    instructions: body.slice(0, own[0]?.start ?? body.length).trim(),
    sections: own.map(({ title: name, end }, index) => ({
      title: name,
      bullets: bulletsIn(body.slice(end, own[index + 1]?.start ?? body.length)),
    })),
  };
}

function notesIn([, name, description, use, one]: RegExpExecArray): Notes {
  const value = name === undefined ? undefined : unquoted(name);
  return {
    ...(value === undefined ? {} : { name: value }),
    ...(one === undefined ? {} : { oneUse: true }),
    ...(description === undefined ? {} : { lengths: [Number(description), Number(use)] as const }),
  };
}

interface Heading {
  readonly title: string;
  readonly start: number;
  readonly end: number;
}

function headingsIn(text: string, titles: readonly string[]): readonly Heading[] {
  return [...text.matchAll(/^## (.+)$/gm)]
    .filter(([, title]) => titles.includes(title!) || title!.startsWith('Permissions: '))
    .map((match) => ({ title: match[1]!, start: match.index, end: match.index + match[0].length }));
}

/** How many of the last headings stand in the order in which teamc writes its sections. */
function suffix(headings: readonly Heading[], titles: readonly string[]): number {
  const rank = ({ title }: Heading): number => (titles.includes(title) ? titles.indexOf(title) : titles.length);
  let count = 0;
  for (let at = headings.length - 1; at >= 0; at--) {
    const next = headings[at + 1];
    if (next && (rank(headings[at]!) > rank(next) || headings[at]!.title === next.title)) break;
    count++;
  }
  return count;
}

function bulletsIn(text: string): readonly Bullet[] {
  const bullets: { text: string; under: string[] }[] = [];
  for (const line of text.split('\n')) {
    const top = /^(?:-|\d+\.) (.*)$/.exec(line)?.[1];
    const below = /^ {2,}- (.*)$/.exec(line)?.[1];
    if (top !== undefined) bullets.push({ text: top, under: [] });
    else if (below !== undefined) bullets.at(-1)?.under.push(below);
  }
  return bullets;
}

/** The `Label: text` lines below a bullet. */
export function detailsOf({ under }: Bullet): ReadonlyMap<string, string> {
  return new Map(
    under.flatMap((line) => {
      const colon = line.indexOf(': ');
      return colon === -1 ? [] : [[line.slice(0, colon), line.slice(colon + 2)] as const];
    }),
  );
}
