import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Source } from '../text/source.ts';
import type { PlatformName } from './found.ts';

/**
 * What a file is to its platform: `agent` one agent; `modes` a list of them; `settings` what holds for all; `rules`
 * instructions for one mode, or a text that settings put in; `plugin` a manifest that gives the agents beside it a name in front; `policy` the table of
 * teamc's own guard.
 */
export type FileKind = 'agent' | 'modes' | 'settings' | 'rules' | 'plugin' | 'policy';

/** A file that belongs to a platform, before it is read. */
export interface PlatformFile {
  readonly platform: PlatformName;
  readonly kind: FileKind;
  /** Path from the working folder, with forward slashes. */
  readonly path: string;
  /** The path from the folder in which the platform looks for such files: `team/reviewer.md` below `agents`. */
  readonly inner: string;
  /** The heir of the platform that reads it instead: Kilo Code reads files of two platforms. */
  readonly dialect?: 'kilo' | 'plugin' | 'legacy-mode';
}

/** A platform's file with its text, or why that can't be had. */
export type ReadFile = PlatformFile & ({ readonly source: Source } | { readonly problem: Diagnostic });

/** Where a platform keeps its files, from the root of a project. */
export interface PlatformPlace {
  readonly platform: PlatformName;
  readonly kind: PlatformFile['kind'];
  /** A file, or a folder with what is wanted below it. */
  readonly path: string;
  readonly wanted?: RegExp;
  /** The folder's own files only. */
  readonly shallow?: true;
  readonly dialect?: NonNullable<PlatformFile['dialect']>;
}

const MARKDOWN = /\.md$/;

/** Where each platform looks, from the root of a project. */
export const PLACES: readonly PlatformPlace[] = [
  { platform: 'claude-code', kind: 'agent', path: '.claude/agents', wanted: MARKDOWN },
  { platform: 'claude-code', kind: 'settings', path: '.claude/settings.json' },
  { platform: 'claude-code', kind: 'settings', path: '.claude/settings.local.json' },
  { platform: 'claude-code', kind: 'policy', path: '.claude/hooks/teamc-policy.json' },
  { platform: 'opencode', kind: 'settings', path: 'opencode.json' },
  { platform: 'opencode', kind: 'settings', path: 'opencode.jsonc' },
  { platform: 'opencode', kind: 'settings', path: '.opencode/opencode.json' },
  { platform: 'opencode', kind: 'settings', path: '.opencode/opencode.jsonc' },
  { platform: 'opencode', kind: 'agent', path: '.opencode/agent', wanted: MARKDOWN },
  { platform: 'opencode', kind: 'agent', path: '.opencode/agents', wanted: MARKDOWN },
  {
    platform: 'opencode',
    kind: 'agent',
    path: '.opencode/mode',
    wanted: MARKDOWN,
    shallow: true,
    dialect: 'legacy-mode',
  },
  {
    platform: 'opencode',
    kind: 'agent',
    path: '.opencode/modes',
    wanted: MARKDOWN,
    shallow: true,
    dialect: 'legacy-mode',
  },
  { platform: 'opencode', kind: 'agent', path: '.kilo/agent', wanted: MARKDOWN, dialect: 'kilo' },
  { platform: 'opencode', kind: 'agent', path: '.kilo/agents', wanted: MARKDOWN, dialect: 'kilo' },
  { platform: 'opencode', kind: 'settings', path: 'kilo.jsonc', dialect: 'kilo' },
  { platform: 'opencode', kind: 'settings', path: 'kilo.json', dialect: 'kilo' },
  { platform: 'roo', kind: 'modes', path: '.roomodes' },
  { platform: 'roo', kind: 'modes', path: '.kilocodemodes', dialect: 'kilo' },
  { platform: 'roo-commander', kind: 'agent', path: '.ruru/modes', wanted: /\.mode\.md$/ },
];

/** What a file is by its path from the root of a project; nothing where no platform looks for it. */
export function platformFileOf(path: string): PlatformFile | undefined {
  return rulesFile(path) ?? PLACES.map((place) => fileAt(place, path)).find((file) => file !== undefined);
}

function rulesFile(path: string): PlatformFile | undefined {
  const [, folder, inner] = /^\.(roo|kilocode)\/(rules-[^/]+\/.+\.(?:md|txt|mdc))$/i.exec(path) ?? [];
  if (inner === undefined) return undefined;
  return { platform: 'roo', kind: 'rules', path, inner, ...(folder === 'roo' ? {} : { dialect: 'kilo' }) };
}

function fileAt(
  { platform, kind, path: place, wanted, shallow, dialect }: PlatformPlace,
  path: string,
): PlatformFile | undefined {
  const shared = { platform, kind, path, ...(dialect ? { dialect } : {}) };
  if (!wanted) return path === place ? { ...shared, inner: path } : undefined;
  if (!path.startsWith(`${place}/`)) return undefined;
  const inner = path.slice(place.length + 1);
  return wanted.test(inner) && !(shallow && inner.includes('/')) ? { ...shared, inner } : undefined;
}
