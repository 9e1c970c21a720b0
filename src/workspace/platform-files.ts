import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { PLACES, type PlatformFile, type PlatformPlace, type ReadFile } from '../import/files.ts';
import { PLATFORMS, type PlatformName } from '../import/found.ts';
import { guessPlatform } from '../import/guess.ts';
import { referencesIn } from '../import/platforms/opencode-texts.ts';
import type { Source } from '../text/source.ts';
import type { Accepts, Disk } from './disk.ts';
import { NOWHERE, unreadable } from './unreadable.ts';

/** The files of agent platforms below a folder, and what was in the way of finding them. */
export interface PlatformFiles {
  readonly files: readonly PlatformFile[];
  readonly problems: readonly Diagnostic[];
}

/** The files of all platforms in a project, by the places where the platforms look for them; or only those of one. */
export function platformFiles(disk: Disk, root: string, only?: PlatformName): PlatformFiles {
  const files: PlatformFile[] = [];
  const problems: Diagnostic[] = [];
  for (const place of PLACES) {
    if (only !== undefined && place.platform !== only) continue;
    const found = filesAt(disk, root, place);
    files.push(...found.files);
    problems.push(...found.problems);
  }
  if (only === undefined || only === 'roo') addRules(disk, root, files, problems);
  if (only === undefined || only === 'opencode') addTexts(disk, root, files);
  if (only === undefined || only === 'claude-code') addPlugins(disk, root, files, problems);
  return { files, problems };
}

/** What tells a project that agent platforms keep files in. */
const SIGNS = [
  ...['.claude/agents', '.claude-plugin', '.opencode', 'opencode.json', 'opencode.jsonc', '.kilo'],
  ...['.roomodes', '.kilocodemodes', '.ruru/modes'],
];

/** Whether agent platforms keep files in a folder. */
export function isProject(disk: Disk, folder: string): boolean {
  return SIGNS.some((sign) => disk.kind(join(folder, sign)) !== undefined);
}

/** The files of all platforms in a project. */
export function projectFiles(disk: Disk, root: string): PlatformFiles {
  return platformFiles(disk, root);
}

function filesAt(disk: Disk, root: string, place: PlatformPlace): PlatformFiles {
  const path = join(root, place.path);
  const kind = disk.kind(path);
  const { platform, dialect } = place;
  const shared = { platform, kind: place.kind, ...(dialect ? { dialect } : {}) };
  if (!place.wanted) {
    const stands = kind === 'file' || (kind === undefined && disk.exists(path));
    return { files: stands ? [{ ...shared, path, inner: place.path }] : [], problems: [] };
  }
  if (kind !== 'folder') return { files: [], problems: disk.exists(path) ? [inItsPlace(path, kind)] : [] };
  const { paths, problems } = disk.below(path, accepting(place.wanted, place.shallow));
  return { files: paths.map((file) => ({ ...shared, path: file, inner: file.slice(path.length + 1) })), problems };
}

/** What stands where a folder of agents would. */
function inItsPlace(path: string, kind: 'file' | undefined): Diagnostic {
  if (kind === undefined) return unreadable(path, ...NOWHERE);
  return unreadable(path, 'is a file, and agents stand in a folder', 'Put a folder in its place, or remove it.');
}

function accepting(wanted: RegExp, shallow?: true): Accepts {
  return (name) => (wanted.test(name) ? 'file' : shallow || SKIPPED.has(name) ? 'no' : 'maybe');
}

/** Folders in which nobody keeps agents of his own. */
const SKIPPED: ReadonlySet<string> = new Set([
  'node_modules',
  '.git',
  'dist',
  'build',
  'target',
  '.venv',
  'venv',
  '__pycache__',
]);

/** Instructions for single modes: `.roo/rules-<slug>/`, and Kilo Code's twin of it. */
function addRules(disk: Disk, root: string, files: PlatformFile[], problems: Diagnostic[]): void {
  for (const [folder, dialect] of [
    ['.roo', undefined],
    ['.kilocode', 'kilo'],
  ] as const) {
    const path = join(root, folder);
    if (disk.kind(path) !== 'folder') continue;
    for (const rules of disk.foldersWithin(path).filter((name) => name.startsWith('rules-'))) {
      const found = disk.below(`${path}/${rules}`, isRules);
      problems.push(...found.problems);
      for (const file of found.paths)
        files.push({
          platform: 'roo',
          kind: 'rules',
          path: file,
          inner: file.slice(path.length + 1),
          ...(dialect ? { dialect } : {}),
        });
    }
  }
}

/** The files of the project whose texts opencode puts into its settings. */
function addTexts(disk: Disk, root: string, files: PlatformFile[]): void {
  const inside = root === '.' ? /^(?!\.\.(?:\/|$)|[~/])/ : { test: (path: string) => path.startsWith(`${root}/`) };
  const named = files
    .filter(({ platform, kind }) => platform === 'opencode' && kind === 'settings')
    .flatMap(({ path }) => {
      const source = disk.source(path);
      return source && !('rule' in source) ? referencesIn(source).map((reference) => reference.path) : [];
    });
  for (const path of new Set(named))
    if (inside.test(path) && disk.kind(path) === 'file')
      files.push({ platform: 'opencode', kind: 'rules', path, inner: path });
}

const isRules: Accepts = (name) => (name.startsWith('.') ? 'no' : /\.(?:md|txt|mdc)$/i.test(name) ? 'file' : 'maybe');

/** The agents of plugins: the project itself where it is one, and those that it keeps below `plugins/`. */
function addPlugins(disk: Disk, root: string, files: PlatformFile[], problems: Diagnostic[]): void {
  const isPlugin = (folder: string): boolean => disk.kind(join(folder, '.claude-plugin')) === 'folder';
  const market = isPlugin(root);
  const kept = ['plugins', 'external_plugins'].flatMap((name) =>
    disk.kind(join(root, name)) === 'folder'
      ? disk.foldersWithin(join(root, name)).map((plugin) => join(root, `${name}/${plugin}`))
      : [],
  );
  for (const folder of [...(market ? [root] : []), ...kept.filter((plugin) => market || isPlugin(plugin))]) {
    const found = filesAt(disk, folder, {
      platform: 'claude-code',
      kind: 'agent',
      path: 'agents',
      wanted: /\.md$/,
      dialect: 'plugin',
    });
    files.push(...found.files);
    problems.push(...found.problems);
  }
}

/**
 * All files below a folder that could be one platform's, wherever they lie: for people who name the platform, and for
 * collections that are no projects.
 */
export function looseFiles(disk: Disk, root: string, platform: PlatformName): PlatformFiles {
  const wanted = LOOSE[platform];
  const { paths, problems } = disk.below(root, accepting(wanted));
  const prefix = root === '.' ? 0 : root.length + 1;
  const kind = platform === 'roo' ? 'modes' : 'agent';
  return { files: paths.map((path) => ({ platform, kind, path, inner: innerOf(path.slice(prefix)) })), problems };
}

/** Agent files below a folder that is no project, by what stands in them. */
export function guessedFiles(disk: Disk, root: string): PlatformFiles {
  const found = PLATFORMS.map((platform) => ({ platform, ...looseFiles(disk, root, platform) }));
  const files = found.flatMap(({ platform, files: loose }) =>
    loose.filter(({ path }) => {
      const source = disk.source(path);
      return source !== undefined && !('rule' in source) && guessPlatform(source) === platform;
    }),
  );
  return { files, problems: found[0]?.problems ?? [] };
}

const LOOSE: Readonly<Record<PlatformName, RegExp>> = {
  'claude-code': /\.md$/,
  opencode: /\.md$/,
  roo: /^\.(?:roo|kilocode)modes$|\.(?:ya?ml|json)$|roomodes/,
  'roo-commander': /\.mode\.md$/,
};

/** The path below the folder in which opencode would look. */
function innerOf(path: string): string {
  return path.replace(/^(?:.*\/)?\.?(?:opencode|kilo)\/(?:agents?|modes?)\//, '').replace(/^(?:.*\/)?agents?\//, '');
}

/** The files with their texts, or why those can't be had. Files that went away meanwhile are left out. */
export function readFiles(
  files: readonly PlatformFile[],
  source: (path: string) => Source | Diagnostic | undefined,
): readonly ReadFile[] {
  return files.flatMap((file): readonly ReadFile[] => {
    const read = source(file.path);
    if (read === undefined) return [];
    return ['rule' in read ? { ...file, problem: read } : { ...file, source: read }];
  });
}

function join(folder: string, path: string): string {
  return folder === '.' ? path : `${folder}/${path}`;
}
