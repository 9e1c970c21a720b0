import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { watchFiles } from '../../src/workspace/watch.ts';

test('a folder that is made anew in one go, as a checkout does, is watched like the one before', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'teamc-watch-'));
  const files = ['team.yaml', 'roles/some/a.md', 'roles/some/b.md'].map((path) => join(folder, path));
  const write = (text: string): void => {
    mkdirSync(join(folder, 'roles/some'), { recursive: true });
    for (const file of files) writeFileSync(file, text);
  };
  write('one');
  const ended = new AbortController();
  const told: string[] = [];
  const watching = watchFiles(
    () => ({ files, folders: [join(folder, 'roles')] }),
    async (paths) => void told.push(...paths),
    ended.signal,
  );
  onTestFinished(async () => {
    ended.abort();
    await watching;
    rmSync(folder, { recursive: true, force: true });
  });
  const isTold = async (path: string): Promise<void> => {
    for (let waited = 0; !told.includes(path) && waited < 20_000; waited += 20) await sleep(20);
    expect(told).toContain(path);
    // Whatever belongs to it comes at once.
    await sleep(300);
    told.length = 0;
  };
  await sleep(300);
  writeFileSync(files[0]!, 'two');
  await isTold(files[0]!);
  for (const text of ['three', 'four']) {
    rmSync(join(folder, 'roles/some'), { recursive: true });
    write(text);
    await isTold(files[2]!);
    writeFileSync(files[1]!, `${text} and more`);
    await isTold(files[1]!);
  }
});
