import { statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';

/** What an answer depends on, as absolute paths: single files, and folders with all that lies below them. */
export interface Seen {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** How long after a change others are waited for, in milliseconds: editors and checkouts make several at once. */
const TOGETHER = 60;

/**
 * Tells of changes until the signal comes: `changed` gets the absolute paths, one batch at a time. `seen` is asked again
 * after each batch, since an answer may come to depend on other files. Files may come, go and be replaced meanwhile.
 */
export async function watchFiles(
  seen: () => Seen,
  changed: (paths: readonly string[]) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const started = Date.now();
  let scope = scopeOf(seen());
  const watcher = watch([...scope.roots], {
    ignoreInitial: true,
    atomic: false,
    ignored: (path) => !scope.has(resolve(path)),
  });
  const waiting = new Set<string>();
  let work = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const tell = async (): Promise<void> => {
    const paths = [...waiting].sort();
    waiting.clear();
    if (paths.length === 0 || signal.aborted) return;
    await changed(paths);
    const next = scopeOf(seen());
    watcher.add([...next.roots].filter((root) => !scope.roots.has(root)));
    scope = next;
  };
  const note = (path: string): void => {
    waiting.add(resolve(path));
    clearTimeout(timer);
    timer = setTimeout(() => {
      work = work.then(tell);
    }, TOGETHER);
  };
  for (const event of ['add', 'change', 'unlink', 'unlinkDir'] as const) watcher.on(event, note);
  const renewal = renewing(watcher, (folder) => {
    for (const file of scope.files) if (file.startsWith(folder + sep)) note(file);
  });
  // A disk that can't be watched any further, or a folder that may not be read, is no reason to end.
  watcher.on('error', () => {});
  watcher.on('ready', () => {
    renewal.look();
    for (const file of scope.files) if (changedSince(file, started)) note(file);
  });
  try {
    await aborted(signal);
  } finally {
    clearTimeout(timer);
    renewal.end();
    await work.catch(() => {});
    await watcher.close();
  }
  await work;
}

/**
 * Watches folders anew that are replaced: one that goes and is there again at once, as with a checkout, is another one,
 * which nobody watches yet. Tells of each.
 */
function renewing(watcher: FSWatcher, tell: (folder: string) => void): { look(): void; end(): void } {
  const known = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    for (const folder of replaced(Object.keys(watcher.getWatched()), known)) {
      watcher.unwatch(folder);
      watcher.add(folder);
      tell(folder);
    }
  };
  watcher.on('raw', () => {
    clearTimeout(timer);
    timer = setTimeout(look, TOGETHER);
  });
  return { look, end: () => clearTimeout(timer) };
}

/** What is looked at: the folders that hold what matters, and in them only that. */
interface Scope {
  readonly files: ReadonlySet<string>;
  readonly roots: ReadonlySet<string>;
  has(path: string): boolean;
}

function scopeOf({ files, folders }: Seen): Scope {
  const known = new Set(files);
  const roots = new Set([...files, ...folders].map((path) => dirname(path)));
  for (const folder of folders) roots.add(folder);
  const below = folders.map((folder) => folder + sep);
  return {
    files: known,
    roots,
    has: (path) =>
      known.has(path) || roots.has(path) || folders.includes(path) || below.some((folder) => path.startsWith(folder)),
  };
}

/** The folders that are not those that they were when they were last looked at; `known` keeps what each was. */
function replaced(folders: readonly string[], known: Map<string, string>): readonly string[] {
  return folders.filter((folder) => {
    const found = statSync(folder, { throwIfNoEntry: false });
    if (!found) return false;
    const is = `${found.dev} ${found.ino} ${found.birthtimeMs}`;
    const was = known.get(folder);
    known.set(folder, is);
    return was !== undefined && was !== is;
  });
}

function changedSince(file: string, time: number): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > time;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
}
