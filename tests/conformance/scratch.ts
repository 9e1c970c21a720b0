import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The folder of this run; whoever starts the suite names one that it removes afterwards. */
const ROOT = process.env['TEAMC_CONFORMANCE_SCRATCH'] ?? mkdtempSync(join(tmpdir(), 'teamc-conformance-'));

/** Programs that a shipped team's rules speak of: none of them may ever really run. */
export const PROGRAMS: readonly string[] =
  'aws az bun cargo composer curl deno docker flyway gcloud gh git go gradle helm kubectl make mongo mvn mysql node npm npx php pip pnpm psql pytest python python3 redis-cli rm ssh sudo terraform wget yarn'.split(
    ' ',
  );

/** A new folder of the run. */
export function folder(name: string): string {
  mkdirSync(ROOT, { recursive: true });
  return mkdtempSync(join(ROOT, `${name}-`));
}

/** Writes files below a folder, and the folders that lead to them. */
export function writeFiles(root: string, files: Iterable<{ readonly path: string; readonly content: string }>): void {
  for (const { path, content } of files) {
    const full = join(root, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content);
  }
}

/** Makes a folder the root of a repository: clients look for one. */
export function gitInit(root: string): void {
  execFileSync('git', ['init', '--quiet', root], { env: { PATH: process.env['PATH'], HOME: ROOT } });
}

/**
 * The whole environment of a client: a home of its own, inert stand-ins before every program that rules speak of, and no
 * way out to a network. `but` names programs that the client itself needs.
 */
export function sandbox(but: readonly string[] = []): Record<string, string> {
  const home = folder('home');
  const stubs = join(home, 'stand-ins');
  mkdirSync(stubs);
  for (const program of PROGRAMS.filter((name) => !but.includes(name))) {
    writeFileSync(join(stubs, program), `#!/bin/sh\necho stand-in ${program} "$@"\n`);
    chmodSync(join(stubs, program), 0o755);
  }
  mkdirSync(join(home, 'tmp'));
  const nowhere = 'http://127.0.0.1:9';
  return {
    PATH: `${stubs}:${process.env['PATH'] ?? ''}`,
    HOME: home,
    TMPDIR: join(home, 'tmp'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_STATE_HOME: join(home, 'state'),
    XDG_CACHE_HOME: join(home, 'cache'),
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    NO_PROXY: '127.0.0.1,localhost',
  };
}

/** A client's program in the folder where `npm run conformance` installed them. */
export function client(path: string): string {
  const clients = process.env['TEAMC_CONFORMANCE_CLIENTS'];
  if (clients === undefined) throw new Error('Start this with `npm run conformance`: it installs the clients.');
  return join(clients, 'node_modules', path);
}

/** Writes down a server's process, so that it is ended even if this one is ended before. */
export function rememberServer(id: number): void {
  appendFileSync(join(ROOT, 'servers'), `${id}\n`);
}

/** What was asked of a client; `npm run conformance` prints it at its end. */
export function count(about: { readonly client: string; readonly counts: Readonly<Record<string, number>> }): void {
  mkdirSync(ROOT, { recursive: true });
  appendFileSync(join(ROOT, 'counts.jsonl'), `${JSON.stringify(about)}\n`);
}
