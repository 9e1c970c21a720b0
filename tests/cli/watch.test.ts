import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { builtCommand, project } from './project.ts';

const PAIR = {
  'team.yaml': 'teamc: 1\nname: pair\nentry: lead\nlint: { rules: { no-coverage: off } }\n',
  'roles/lead.md': '---\ndescription: Leads.\ntools: [read]\ndelegates-to: dev\n---\nLead.\n',
  'roles/dev.md': '---\ndescription: Develops.\ntools: [read]\n---\nDevelop.\n',
};

/** A command that goes on, as a process of its own. */
class Running {
  readonly #process: ChildProcess;
  #said = '';
  #from = 0;

  constructor(folder: string, argv: readonly string[]) {
    this.#process = spawn(process.execPath, [builtCommand(), ...argv], { cwd: folder });
    for (const stream of [this.#process.stdout!, this.#process.stderr!])
      stream.on('data', (text: Buffer) => {
        this.#said += text.toString();
      });
    onTestFinished(() => void this.#process.kill('SIGKILL'));
  }

  /** What is said until it waits again, once something has been said that holds a text. */
  async until(text: string): Promise<string> {
    for (let waited = 0; waited < 40_000; waited += 20) {
      const news = this.#said.slice(this.#from);
      // The two streams of a process come in any order.
      if (news.includes(text) && news.includes('Ctrl-C ends.\n')) {
        await sleep(100);
        this.#from = this.#said.length;
        return news;
      }
      await sleep(20);
    }
    throw new Error(`"${text}" was not said, but: ${this.#said.slice(this.#from)}`);
  }

  /** Ends it as Ctrl-C does, and answers the exit code. */
  async end(signal: 'SIGINT' | 'SIGTERM' = 'SIGINT'): Promise<number | null> {
    const ended = once(this.#process, 'exit');
    this.#process.kill(signal);
    return ((await ended) as [number | null])[0];
  }
}

test('lint goes on: what is written is linted, files may go and come back under other names, and Ctrl-C is a good end', async () => {
  const folder = project(PAIR);
  const at = (path: string): string => join(folder, path);
  const running = new Running(folder, ['lint', '--watch']);
  const first = await running.until('No findings');
  expect(first).toContain('No findings in 2 roles, 3 files.\n');
  expect(first).toContain('teamc: watching 3 files; Ctrl-C ends.\n');
  writeFileSync(at('roles/lead.md'), PAIR['roles/lead.md'].replace('dev', 'devv'));
  expect(await running.until('There is no role "devv"')).toContain('teamc: roles/lead.md changed.\n');
  writeFileSync(at('roles/lead.md'), PAIR['roles/lead.md']);
  await running.until('No findings');
  renameSync(at('roles/dev.md'), at('roles/coder.md'));
  expect(await running.until('There is no role "dev"')).toContain('teamc: watching 3 files; Ctrl-C ends.\n');
  renameSync(at('roles/coder.md'), at('roles/dev.md'));
  await running.until('No findings in 2 roles, 3 files.');
  mkdirSync(at('roles/deep'));
  writeFileSync(at('roles/deep/odd.md'), '---\ndescription: [\n---\n');
  await running.until('roles/deep/odd.md');
  rmSync(at('roles/deep'), { recursive: true });
  await running.until('No findings');
  rmSync(at('team.yaml'));
  await running.until('There is no team in this folder');
  writeFileSync(at('team.yaml'), PAIR['team.yaml']);
  await running.until('No findings');
  expect(await running.end()).toBe(0);
});

test('of many findings those that were told before are not told again; a folder that goes and comes back is still looked at', async () => {
  const broken = (id: string): string =>
    `---\ndescription: ${id}.\ntools: [read]\ndelegates-to: no-${id}\n---\nWork.\n`;
  const many = Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`roles/some/r${at}.md`, broken(`r${at}`)]));
  const folder = project({ ...PAIR, ...many });
  const at = (path: string): string => join(folder, path);
  const running = new Running(folder, ['lint', '--watch']);
  await running.until('There is no role "no-r7"');
  writeFileSync(at('roles/lead.md'), PAIR['roles/lead.md'].replace('dev', 'devv'));
  const next = await running.until('There is no role "devv"');
  expect(next).not.toContain('There is no role "no-r7"');
  expect(next).toMatch(/^26 errors, .* of them as before$/m);
  rmSync(at('roles/some'), { recursive: true });
  mkdirSync(at('roles/some'));
  for (const [path, text] of Object.entries(many)) writeFileSync(at(path), text);
  await sleep(500);
  writeFileSync(at('roles/some/r3.md'), broken('elsewhere'));
  await running.until('There is no role "no-elsewhere"');
  expect(await running.end()).toBe(0);
});

test('build goes on: only files that change are written, errors keep it from nothing but writing', async () => {
  const folder = project(PAIR);
  const out = (path: string): string => join(folder, '.opencode/agents', path);
  const running = new Running(folder, ['build', '--watch', '--target', 'opencode']);
  await running.until('written for opencode');
  const { ino } = statSync(out('lead.md'));
  writeFileSync(join(folder, 'roles/dev.md'), PAIR['roles/dev.md'].replace('Develop.', 'Develop well.'));
  const again = await running.until('1 file written');
  expect(again).toContain('updated    .opencode/agents/dev.md');
  // What a platform does not enforce is told once, until it is something else.
  expect(again).not.toContain('--verbose');
  expect(readFileSync(out('dev.md'), 'utf8')).toContain('Develop well.');
  expect(statSync(out('lead.md')).ino).toBe(ino);
  writeFileSync(join(folder, 'roles/dev.md'), '---\ndescription: [\n---\n');
  await running.until('Nothing was written');
  expect(readFileSync(out('dev.md'), 'utf8')).toContain('Develop well.');
  rmSync(join(folder, 'roles/dev.md'));
  await running.until('There is no role "dev"');
  writeFileSync(join(folder, 'roles/lead.md'), PAIR['roles/lead.md'].replace('delegates-to: dev\n', ''));
  await running.until('1 file removed');
  expect(existsSync(out('dev.md'))).toBe(false);
  expect(await running.end('SIGTERM')).toBe(0);
});
