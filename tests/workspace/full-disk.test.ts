import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bundled, start } from './bundle.ts';
import { folder, project, put, teamc, tree } from './run.ts';

const cli = bundled();

const isRoot = process.getuid?.() === 0;

/** Somebody who is not root; root may write everywhere. */
const NOBODY = 65_534;

/** Mounts a small disk, where that is allowed. */
function smallDisk(path: string): boolean {
  try {
    execFileSync('sh', ['-c', `mount -t tmpfs -o size=24k tmpfs "${path}"`], { stdio: 'ignore' });
  } catch {
    return false;
  }
  onTestFinished(() => {
    execFileSync('sh', ['-c', `umount "${path}"`]);
  });
  return true;
}

test('a full disk is one sentence, and nothing is half-written', async ({ skip }) => {
  const root = project();
  const out = join(root, 'out');
  mkdirSync(out);
  if (!smallDisk(out)) skip('no disk can be mounted here');
  put(out, { 'opencode.json': '{}\n' });
  const ran = await teamc(root, 'build', 'team', '--out', 'out');
  expect(ran).toEqual({ code: 2, out: '', err: 'teamc: Nothing was written to "out": the disk is full.\n' });
  expect(tree(out)).toEqual({ 'opencode.json': '{}\n' });
});

test('a limit on the size of files is one sentence, and nothing is half-written', async () => {
  const root = project();
  const command = `ulimit -f 1; exec "${process.execPath}" "${cli.file}" build team --cwd "${root}"`;
  const before = tree(root);
  const ran = await start('sh', ['-c', command]).ended;
  expect(ran).toMatchObject({ code: 2, out: '' });
  expect(ran.err).toBe('teamc: Nothing was written to ".": it would be larger than this user may make a file.\n');
  expect(tree(root)).toEqual(before);
});

test.skipIf(!isRoot)('a folder that may not be written to is one sentence', async () => {
  const root = project({ '.claude/agents/mine.md': 'mine\n' });
  const asNobody = (...argv: readonly string[]) =>
    start(process.execPath, [cli.file, 'build', 'team', '--cwd', root, ...argv], { uid: NOBODY }).ended;
  chmodSync(root, 0o755);
  const before = tree(root);
  expect(await asNobody()).toEqual({
    code: 2,
    out: '',
    err: 'teamc: Nothing can be written to ".": this user may not.\n',
  });
  expect(tree(root)).toEqual(before);
  // The folder may be written to, but one inside it may not.
  chmodSync(root, 0o777);
  expect(await asNobody()).toEqual({
    code: 2,
    out: '',
    err: 'teamc: Nothing was written, because ".claude/agents" can\'t be written to: this user may not.\n',
  });
  expect(tree(root)).toEqual(before);
});

test.skipIf(!isRoot)('nothing to do is no trouble in a folder that may not be written to', async () => {
  const root = project();
  chmodSync(root, 0o755);
  await teamc(root, 'build', 'team');
  for (const argv of [[], ['--check'], ['--dry-run']]) {
    const run = start(process.execPath, [cli.file, 'build', 'team', '--cwd', root, ...argv], { uid: NOBODY });
    expect(await run.ended).toMatchObject({ code: 0, err: '' });
  }
});

test.skipIf(!isRoot)('a file that may not be read is one sentence', async () => {
  const root = project({ 'opencode.json': '{ "key": "secret" }\n' });
  chmodSync(root, 0o777);
  chmodSync(join(root, 'opencode.json'), 0o600);
  const run = start(process.execPath, [cli.file, 'build', 'team', '--cwd', root], { uid: NOBODY });
  expect(await run.ended).toEqual({
    code: 2,
    out: '',
    err: 'teamc: "opencode.json" can\'t be read: this user may not.\n',
  });
});

test.skipIf(!isRoot)('a file of somebody else that teamc may replace keeps its owner', async () => {
  const root = project({ 'opencode.json': '{}\n' });
  chownSync(join(root, 'opencode.json'), NOBODY, NOBODY);
  await teamc(root, 'build', 'team');
  const { statSync } = await import('node:fs');
  expect(statSync(join(root, 'opencode.json')).uid).toBe(NOBODY);
});

test('an output folder that is not there is made, and one that is a file is told', async () => {
  const root = project({ file: 'x' });
  expect(await teamc(root, 'build', 'team', '--out', 'a/b')).toMatchObject({ code: 0 });
  expect(Object.keys(tree(join(root, 'a/b')))).toContain('.roomodes');
  expect((await teamc(root, 'build', 'team', '--out', 'file')).err).toBe(
    'teamc: "file" is a file; --out takes a folder.\n',
  );
  expect(folder()).not.toBe('');
});
