import { type Merged, type MergeInput, merge, type OwnPart } from '../document/merge/merge.ts';
import type { FileChange } from '../report/plan.ts';
import type { PlannedFile } from '../target/target.ts';
import { enumerate } from '../text/enumerate.ts';
import { type Manifest, manifestPath, type OwnFile, printManifest } from './manifest.ts';
import { type Standing, sha256 } from './output.ts';
import { foldersOf } from './output-path.ts';
import { Trouble } from './trouble.ts';

/** A file that a target wants. */
export interface WantedFile extends PlannedFile {
  readonly target: string;
}

/** What a build wants of the output folder. */
export interface Wanted {
  readonly team: string;
  /** The team file, as it is named. */
  readonly source: string;
  readonly files: readonly WantedFile[];
  /** The targets whose files are looked after; those of others stay as they are. Undefined is every target. */
  readonly targets: ReadonlySet<string> | undefined;
}

/** What stands in the output folder, as far as a plan asks. */
export interface Ground {
  look(path: string): Standing | undefined;
  hasFolder(path: string): boolean;
  show(path: string): string;
  /** The other team that a path belongs to, if there is one. */
  owner(path: string): string | undefined;
}

/** One step of carrying a plan out: the bytes that a path gets, or that it goes. */
export interface Step {
  readonly path: string;
  readonly content: string | undefined;
  /** What stands there before; undefined for nothing. */
  readonly before: string | undefined;
}

/** All that a build does to the output folder. */
export interface BuildPlan {
  readonly changes: readonly FileChange[];
  readonly steps: readonly Step[];
  /** Folders to make, the outermost first. */
  readonly make: readonly string[];
  /** Folders to remove if they are empty, the innermost first. */
  readonly drop: readonly string[];
  /** Other targets of which files stay from an earlier build. */
  readonly others: readonly string[];
}

interface Verdict {
  readonly change: FileChange;
  readonly step?: Step;
  /** What the manifest says of the file from now on. */
  readonly own?: OwnFile | undefined;
}

/** Compares what a build wants with what stands there and with what teamc remembers. Nothing is written here. */
export function planBuild(wanted: Wanted, manifest: Manifest | undefined, ground: Ground): BuildPlan {
  const known = manifest?.files ?? new Map<string, OwnFile>();
  const paths = new Set(wanted.files.map(({ path }) => path));
  const mine = ({ target }: OwnFile): boolean => wanted.targets === undefined || wanted.targets.has(target);
  const verdicts = [
    ...wanted.files.map((file) => judge(file, known.get(file.path), ground)),
    ...[...known].filter(([path, own]) => !paths.has(path) && mine(own)).map(([path, own]) => part(path, own, ground)),
  ];
  const files = new Map([...known].filter(([path, own]) => !paths.has(path) && !mine(own)));
  const others = [...new Set([...files.values()].map(({ target }) => target))];
  for (const { change, own } of verdicts) if (own) files.set(change.path, own);
  const steps = verdicts.flatMap(({ step }) => step ?? []);
  const make = newFolders(steps, ground);
  const needed = new Set([...files.keys()].flatMap(foldersOf));
  const made = [...new Set([...(manifest?.folders ?? []), ...make])];
  const next: Manifest = {
    team: wanted.team,
    source: wanted.source,
    files,
    folders: made.filter((folder) => needed.has(folder)),
  };
  return {
    changes: verdicts.map(({ change }) => change),
    steps: [...steps, ...manifestStep(next, ground)],
    make,
    drop: made.filter((folder) => !needed.has(folder)).toSorted((a, b) => b.length - a.length),
    others,
  };
}

function manifestStep(next: Manifest, ground: Ground): readonly Step[] {
  const path = manifestPath(next.team);
  const standing = ground.look(path);
  const content = printManifest(next);
  if ((standing && withLineFeeds(textOf(standing))) === content) return [];
  return [{ path, content, before: standing?.sha256 }];
}

/** The folders that have to be made for some steps, the outermost first. */
export function newFolders(steps: readonly Step[], ground: Pick<Ground, 'hasFolder'>): readonly string[] {
  const folders = new Set(steps.filter(({ content }) => content !== undefined).flatMap(({ path }) => foldersOf(path)));
  return [...folders].filter((folder) => !ground.hasFolder(folder)).toSorted((a, b) => a.length - b.length);
}

const hashes = new WeakMap<WantedFile, string>();

/** The hash of what is wanted, worked out once: a build is planned again when it has the folder for itself. */
function hashOf(file: WantedFile): string {
  const hash = hashes.get(file) ?? sha256(file.content);
  hashes.set(file, hash);
  return hash;
}

/** Whether a file holds a text. Git may have given it the line ends of Windows on its way into the folder. */
function holds(standing: Standing, hash: string): boolean {
  if (standing.sha256 === hash) return true;
  return standing.bytes.includes('\r\n') && sha256(withLineFeeds(textOf(standing))) === hash;
}

function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** What becomes of a file that a target wants. */
function judge(file: WantedFile, own: OwnFile | undefined, ground: Ground): Verdict {
  const { path, content, from, target } = file;
  const standing = ground.look(path);
  if (file.shared) return share(file, own, standing, ground);
  const hash = hashOf(file);
  const head = { path, from, target, shared: false, sha256: hash };
  const next: OwnFile = { target, from, sha256: hash };
  if (!standing)
    return {
      change: { ...head, action: 'create', after: content },
      own: next,
      step: { path, content, before: undefined },
    };
  if (holds(standing, hash)) return { change: { ...head, action: 'keep' }, own: next };
  const isOwn = own !== undefined && !own.part && holds(standing, own.sha256);
  const drift = isOwn ? undefined : driftOf(path, own, ground);
  return {
    change: { ...head, action: 'update', before: textOf(standing), after: content, ...(drift ? { drift } : {}) },
    own: next,
    step: { path, content, before: standing.sha256 },
  };
}

/** What becomes of a file of teamc's that nobody wants any more. */
function part(path: string, own: OwnFile, ground: Ground): Verdict {
  const { from, target } = own;
  const standing = ground.look(path);
  const head = { path, from, target, shared: own.part !== undefined, sha256: '' };
  if (!standing) return { change: { ...head, action: 'keep' } };
  if (own.part) {
    const file = { path, from, target, shared: true, content: undefined };
    return share(file, own, standing, ground);
  }
  const drift = holds(standing, own.sha256) ? undefined : driftOf(path, own, ground);
  return {
    change: { ...head, action: 'remove', before: textOf(standing), ...(drift ? { drift } : {}) },
    step: { path, content: undefined, before: standing.sha256 },
  };
}

type SharedFile = Omit<WantedFile, 'content'> & { readonly content: string | undefined };

/** What becomes of a file that people share with teamc; without content everything of teamc's goes out of it. */
function share(file: SharedFile, own: OwnFile | undefined, standing: Standing | undefined, ground: Ground): Verdict {
  const { path, from, target, content } = file;
  const untouched = own !== undefined && own.sha256 === standing?.sha256;
  const entriesOf = content === undefined ? '' : sha256(content);
  if (own && standing && own.entriesOf === entriesOf && holds(standing, own.sha256))
    return { change: { path, from, target, shared: true, sha256: own.sha256, action: 'keep' }, own };
  const before = standing && sharedText(path, standing, ground);
  // A file that was teamc's as a whole and still is starts anew.
  const text = untouched && !own.part ? undefined : before;
  const merged = mergedOnce(file, { path, text, ours: content, own: own?.part, untouched }, ground);
  const hash = merged.text === undefined ? '' : sha256(merged.text);
  const head = { path, from, target, shared: true, sha256: hash };
  const isOurs = merged.own !== undefined && merged.text !== undefined;
  const next = isOurs ? { target, from, sha256: hash, entriesOf, part: merged.own } : undefined;
  if (merged.text === before) return { change: { ...head, action: 'keep' }, own: next };
  const step = { path, content: merged.text, before: standing?.sha256 };
  return { change: { ...head, ...sharedChange(before, merged, ground.owner(path)) }, own: next, step };
}

function sharedChange(
  before: string | undefined,
  { text, inTheWay }: Merged,
  owner: string | undefined,
): Pick<FileChange, 'action' | 'before' | 'after' | 'drift'> {
  const drift = sharedDrift(inTheWay, owner);
  return {
    action: text === undefined ? 'remove' : before === undefined ? 'create' : 'update',
    ...(before === undefined ? {} : { before }),
    ...(text === undefined ? {} : { after: text }),
    ...(drift ? { drift } : {}),
  };
}

const merges = new WeakMap<SharedFile, { readonly question: string; readonly merged: Merged }>();

/** Merges as `mergeOrStop` does, but not again while everything is as it was the last time. */
function mergedOnce(file: SharedFile, input: Parameters<typeof mergeOrStop>[0], ground: Ground): Merged {
  const question = JSON.stringify([input.text, input.own, input.untouched]);
  const known = merges.get(file);
  if (known?.question === question) return known.merged;
  const merged = mergeOrStop(input, ground);
  merges.set(file, { question, merged });
  return merged;
}

function mergeOrStop(input: MergeInput & { readonly own: OwnPart | undefined }, ground: Ground): Merged {
  const merged = merge(input);
  if ('mistake' in merged)
    throw new Trouble(`teamc's entries can't be put into "${ground.show(input.path)}": ${merged.mistake}.`);
  return merged;
}

function sharedText(path: string, { bytes }: Standing, ground: Ground): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Trouble(`teamc's entries can't be put into "${ground.show(path)}": it is not text in UTF-8.`);
  }
}

function driftOf(path: string, own: OwnFile | undefined, ground: Ground): string {
  if (own) return 'was changed since teamc wrote it';
  const owner = ground.owner(path);
  return owner === undefined ? 'was not written by teamc' : `was written for another team, "${owner}"`;
}

function sharedDrift(
  inTheWay: readonly { readonly path: string; readonly why: 'foreign' | 'changed' }[],
  owner: string | undefined,
): string | undefined {
  const named = (why: 'foreign' | 'changed') =>
    inTheWay.filter((each) => each.why === why).map(({ path }) => `"${path}"`);
  const [foreign, changed] = [named('foreign'), named('changed')];
  const by =
    owner === undefined ? 'which teamc did not write' : `which teamc did not write, or for the team "${owner}"`;
  const parts = [
    ...(foreign.length > 0 ? [`has something else at ${enumerate(foreign)}, ${by}`] : []),
    ...(changed.length > 0 ? [`was changed at ${enumerate(changed)} since teamc wrote it`] : []),
  ];
  return parts.length > 0 ? parts.join(', and ') : undefined;
}

function textOf({ bytes }: Standing): string {
  return bytes.toString('utf8');
}
