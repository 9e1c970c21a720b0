import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { bundled, start } from './bundle.ts';
import { folder, project, put, teamc, tree } from './run.ts';

/** At how many moments a build is killed. */
const MOMENTS = Number(process.env['TEAMC_SOAK'] ?? 20);

/** Each kill has a process, a copy of the tree and two builds to pay for. */
const TIMEOUT = 120_000 + MOMENTS * 8_000;

const cli = bundled();

/** A team of many roles, so that writing it takes a while. */
function team(ids: readonly string[], text: string): Readonly<Record<string, string>> {
  const roles = ids.map((id) => [`team/roles/${id}.md`, `---\ndescription: Does ${id}.\n---\n${text} ${id}.\n`]);
  const lead = `---\ndescription: Leads.\ndelegates-to: [${ids.join(', ')}]\n---\nLead ${text}.\n`;
  return {
    'team/team.yaml': 'teamc: 1\nname: many\nentry: lead\ndefaults: { tools: [read] }\n',
    'team/roles/lead.md': lead,
    ...Object.fromEntries(roles),
  };
}

const OLD = team(
  Array.from({ length: 60 }, (_, at) => `old-${at}`),
  'Once',
);
const NEW = team(
  [...Array.from({ length: 40 }, (_, at) => `old-${at}`), ...Array.from({ length: 20 }, (_, at) => `new-${at}`)],
  'Now',
);

/** Both trees: what is there before, with the new team beside it, and what a build makes of it. */
async function bothTrees(): Promise<{ readonly root: string; readonly before: string; readonly after: string }> {
  const root = folder();
  const before = join(root, 'before');
  const after = join(root, 'after');
  put(before, { ...OLD, 'opencode.json': '{\n  // mine\n  "theme": "dark"\n}\n' });
  await teamc(before, 'build', 'team');
  rmSync(join(before, 'team'), { recursive: true });
  put(before, NEW);
  cpSync(before, after, { recursive: true });
  await teamc(after, 'build', 'team');
  return { root, before, after };
}

/** The phases of a build: until the journal is there it can only be undone, from then on it is completed. */
const PHASES = { staging: '.teamc/.lock', writing: '.teamc/.journal' } as const;

interface Cut {
  readonly killed: boolean;
  /** How long the phase was under way, in milliseconds. */
  readonly lasted: number;
}

/** Starts a build and kills it some milliseconds after a phase began, or when the phase is over. */
async function cut(root: string, phase: keyof typeof PHASES, after: number): Promise<Cut> {
  const { child, ended } = start(process.execPath, [cli.file, 'build', 'team', '--cwd', root]);
  const mark = join(root, PHASES[phase]);
  while (!existsSync(mark) && child.exitCode === null) await turn();
  const begun = performance.now();
  while (performance.now() - begun < after && existsSync(mark)) await turn();
  const lasted = performance.now() - begun;
  if (after !== Number.POSITIVE_INFINITY) child.kill('SIGKILL');
  return { killed: (await ended).code === -1, lasted };
}

/** How long a phase usually lasts. */
async function usual(root: string, before: string, phase: keyof typeof PHASES): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 3; run++) {
    cpSync(before, root, { recursive: true });
    times.push((await cut(root, phase, Number.POSITIVE_INFINITY)).lasted);
    rmSync(root, { recursive: true });
  }
  return times.sort((a, b) => a - b)[1]!;
}

test(
  `a build that is killed at ${MOMENTS} moments leaves every file whole, and the next command the old or the new tree`,
  async () => {
    const { root, before, after } = await bothTrees();
    const [old, now] = [tree(before), tree(after)];
    const phases = [
      { phase: 'staging', lasts: await usual(join(root, 'staging'), before, 'staging') },
      { phase: 'writing', lasts: await usual(join(root, 'writing'), before, 'writing') },
    ] as const;
    const outcomes = { killed: 0, old: 0, new: 0, completed: 0 };
    for (let moment = 0; moment < MOMENTS; moment++) {
      const work = join(root, `work-${moment}`);
      cpSync(before, work, { recursive: true });
      const { phase, lasts } = phases[moment % 2]!;
      const run = await cut(work, phase, (lasts * moment) / MOMENTS);
      outcomes.killed += Number(run.killed);
      for (const [path, text] of Object.entries(tree(work)))
        if (!path.startsWith('.teamc/.') && !path.endsWith('/')) expect([old[path], now[path]]).toContain(text);
      const next = await teamc(work, 'build', 'team', '--check');
      const left = tree(work);
      outcomes.completed += Number(next.err.includes('was completed first'));
      outcomes[next.code === 0 ? 'new' : 'old']++;
      expect(left).toEqual(next.code === 0 ? now : old);
      expect(await teamc(work, 'build', 'team')).toMatchObject({ code: 0 });
      expect(tree(work)).toEqual(now);
      rmSync(work, { recursive: true });
    }
    expect(outcomes.killed).toBeGreaterThan(MOMENTS / 2);
    expect(outcomes.old + outcomes.new).toBe(MOMENTS);
  },
  TIMEOUT,
);

test('a journal is completed by the next command, but for what somebody changed meanwhile', async () => {
  const { before, after } = await bothTrees();
  const now = tree(after);
  const [one, two] = ['.claude/agents/old-1.md', '.claude/agents/old-2.md'];
  const { sha256 } = await import('../../src/workspace/output.ts');
  const old = tree(before);
  put(before, { '.teamc/.stage/new-0': now[one]!, '.teamc/.stage/new-1': now[two]! });
  const steps = [one, two].map((path) => ({ path, before: sha256(old[path]!), after: sha256(now[path]!) }));
  writeFileSync(
    join(before, '.teamc/.journal'),
    JSON.stringify({ teamc: 1, direction: 'complete', steps, make: [], drop: [] }),
  );
  put(before, { [two]: 'changed by hand\n' });
  const ran = await teamc(before, 'build', 'team', '--check');
  expect(ran.err).toContain('teamc: A build that was interrupted was completed first.\n');
  expect(tree(before)[one]).toBe(now[one]);
  expect(ran.out).toContain(`${two} was changed since teamc wrote it\n`);
  expect(Object.keys(tree(join(before, '.teamc')))).toEqual(['many.json']);
});

test.each([
  ['not JSON', 'x'],
  [
    'a path that leaves the folder',
    JSON.stringify({ teamc: 1, direction: 'complete', steps: [{ path: '../x' }], make: [], drop: [] }),
  ],
])('a journal that holds %s is told and not followed', async (_, text) => {
  const root = project({ '.teamc/.journal': text });
  const ran = await teamc(root, 'build', 'team');
  expect(ran.code).toBe(2);
  expect(ran.err).toMatch(/^teamc: "\.teamc\/\.journal" is not what teamc wrote/);
});

test('many builds at once leave what each of them would have left', async () => {
  const root = project();
  const targets = ['claude-code', 'opencode', 'roo'];
  const runs = [...targets, ...targets].map((target) =>
    start(process.execPath, [cli.file, 'build', 'team', '--cwd', root, '--target', target]),
  );
  const ended = await Promise.all(runs.map((run) => run.ended));
  expect(ended.map(({ code, err }) => [code, err])).toEqual(runs.map(() => [0, '']));
  const alone = project();
  for (const target of targets) await teamc(alone, 'build', 'team', '--target', target);
  expect(tree(root)).toEqual(tree(alone));
  expect(await teamc(root, 'build', 'team', '--check')).toMatchObject({ code: 0 });
});

test('the lock of a process that is gone is taken over', async () => {
  const root = project();
  mkdirSync(join(root, '.teamc'));
  const gone = start(process.execPath, ['-e', '']);
  await gone.ended;
  writeFileSync(join(root, '.teamc/.lock'), JSON.stringify({ pid: gone.child.pid, host: hostname() }));
  expect(await teamc(root, 'build', 'team')).toMatchObject({ code: 0, err: '' });
  expect(Object.keys(tree(join(root, '.teamc')))).toEqual(['shop.json']);
});
