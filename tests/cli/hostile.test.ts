import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { tree } from '../workspace/run.ts';
import { builtCommand, project, shipped } from './project.ts';

const TEAM = 'teamc: 1\nname: solo\nroles: { lead: { description: Leads., tools: read } }\n';
const LINKED = 'teamc: 1\nname: solo\nroles: { lead: { description: Leads., tools: read, delegates-to: builder } }\n';
const ROLE = '---\ndescription: Builds.\ntools: read\n---\n\nBuild.\n';
const HUGE = 'x'.repeat(10_000_000);
const DEEP = 100_000;
const UNWRITTEN = 'teamc: Nothing was written: errors keep a team from being built, and --force does not help.\n';

/** The whole of what a command line says, with its exit code. */
function said(folder: string, ...argv: string[]): string {
  const { code, stdout, stderr } = shipped(folder, argv);
  return `${stdout}${stderr}exit ${code}\n`;
}

/** The first line of it, without the lines that a report has below, and the exit code. */
function headline(folder: string, ...argv: string[]): readonly [string | undefined, number | null] {
  const { code, stdout, stderr } = shipped(folder, argv);
  return [`${stdout}${stderr}`.split('\n')[0], code];
}

describe('files of ten million bytes', () => {
  const larger = (path: string): readonly [string, number] => [
    `error yaml-syntax: ${path} can't be read: it is larger than 2 MB.`,
    1,
  ];

  test('a team file, a role, an included list', () => {
    expect(headline(project({ 'team.yaml': `${TEAM}# ${HUGE}` }), 'lint')).toEqual(larger('team.yaml'));
    const roles = project({ 'team.yaml': LINKED, 'roles/builder.md': ROLE + HUGE });
    expect(headline(roles, 'lint')).toEqual(larger('roles/builder.md'));
    expect(said(roles, 'build')).toMatch(new RegExp(`\\n${UNWRITTEN}exit 1\\n$`));
    expect(readdirSync(roles).toSorted()).toEqual(['.git', 'roles', 'team.yaml']);
    const list = { 'team.yaml': TEAM.replace('read', '[{ include: a.yaml }]'), 'a.yaml': `- ${HUGE}` };
    expect(headline(project(list), 'lint')).toEqual(larger('a.yaml'));
  });

  test('a template, and the file of a target', () => {
    const long = own({ 'a.hbs': HUGE });
    expect(said(long, ...OWN)).toBe(
      'teamc: The template "a.hbs" is longer than 20000 characters, and teamc reads no more (in targets/mine).\nexit 2\n',
    );
    const manifest = own({ 'a.hbs': 'x', 'target.yaml': HUGE });
    expect(headline(manifest, ...OWN)[0]).toBe(
      'error yaml-syntax: The file has 10000000 bytes, and teamc reads at most 2000000.',
    );
  });
});

describe(`values that nest ${DEEP} levels deep`, () => {
  const deeper = ['error yaml-syntax: Maps and lists nest deeper than 100 levels here.', 1];

  test.each([
    ['open lists', `x-a: ${'['.repeat(DEEP)}`],
    ['lists', `x-a: ${'['.repeat(DEEP)}${']'.repeat(DEEP)}`],
    ['maps', `x-a: ${'{a: '.repeat(DEEP)}${'}'.repeat(DEEP)}`],
    ['dashes', `x-a:\n${'- '.repeat(DEEP)}x`],
    ['keys', `x-a:\n  ${'? '.repeat(DEEP)}x`],
  ])('%s', (_, text) => {
    expect(headline(project({ 'team.yaml': `${TEAM}${text}\n` }), 'lint')).toEqual(deeper);
  });

  test('behind something else that YAML forbids, which is told instead', () => {
    const text = `---\nname: ${': '.repeat(45_000)}x\n---\n`;
    const told = ["error yaml-syntax: `:` can't be read as YAML.", 1];
    expect(headline(project({ 'team.yaml': text }), 'lint')).toEqual(told);
  });

  test('in front matter', () => {
    const role = ROLE.replace('Builds.', '['.repeat(DEEP));
    expect(headline(project({ 'team.yaml': LINKED, 'roles/builder.md': role }), 'lint')).toEqual(deeper);
  });

  test.each([
    ['opencode.json', '{"a":'.repeat(DEEP), 'values nest deeper than 100 in line 1, column 506'],
    ['.roomodes', `a: ${'['.repeat(DEEP)}`, 'nesting exceeded maxDepth (100) in line 1, column 103'],
  ])("in %s, of which a part is a team's", (path, text, why) => {
    const folder = project({ 'team.yaml': TEAM, [path]: text });
    expect(said(folder, 'build')).toBe(`teamc: teamc's entries can't be put into "${path}": ${why}.\nexit 2\n`);
    expect(Object.keys(tree(folder))).toEqual(['.git/', path, 'team.yaml'].toSorted());
  });

  test('in what teamc wrote itself', () => {
    expect(said(project({ 'team.yaml': TEAM, '.teamc/solo.json': '['.repeat(DEEP) }), 'build')).toBe(
      'teamc: ".teamc/solo.json" is not what this version of teamc wrote, so what is teamc\'s can\'t be told; restore it, or remove it and build with --force.\nexit 2\n',
    );
  });
});

describe('links', () => {
  /** A team with a link in its folder. */
  const linked = (
    path: string,
    to: string,
    files: Readonly<Record<string, string>> = { 'team.yaml': TEAM },
  ): string => {
    const folder = project({ ...files, 'roles/x.txt': '' });
    symlinkSync(to, join(folder, path));
    return folder;
  };

  test('a role and a team file that lead to themselves', () => {
    expect(said(linked('roles/builder.md', 'builder.md', { 'team.yaml': LINKED }), 'lint')).toMatchInlineSnapshot(`
      "error yaml-syntax: roles/builder.md can't be read: it is a link that leads to itself.
        --> roles/builder.md:1:1
        help: Mend the link, or remove it.

      1 error in 1 file (2 roles)
      exit 1
      "
    `);
    const folder = linked('team.yaml', 'team.yaml', {});
    for (const argv of [['lint'], ['lint', 'team.yaml'], ['build']])
      expect(headline(folder, ...argv)).toEqual([
        "error yaml-syntax: team.yaml can't be read: it is a link that leads to itself.",
        1,
      ]);
  });

  test.each([
    ['roles', 'roles', 'is a link that leads to itself'],
    ['roles', 'nowhere', 'is a link that leads nowhere'],
    ['roles', 'team.yaml', 'is a file, and roles stand in a folder'],
    ['roles', '/dev/zero', 'is a pipe or a device, and roles stand in a folder'],
    ['roles/more', 'more', 'is a link that leads to itself'],
    ['roles/more', 'nowhere', 'is a link that leads nowhere'],
  ])('a folder of roles, %s to %s, is told', (path, to, why) => {
    const folder = project({ 'team.yaml': TEAM, ...(path === 'roles' ? {} : { 'roles/builder.md': ROLE }) });
    symlinkSync(to, join(folder, path));
    expect(headline(folder, 'lint')).toEqual([`error yaml-syntax: ${path} can't be read: it ${why}.`, 1]);
  });

  test('what a person names to be read is no device, no pipe, no folder and not endless', () => {
    const folder = project({ 'team.yaml': TEAM });
    mkdirSync(join(folder, 'folder'));
    execFileSync('sh', ['-c', 'mkfifo pipe'], { cwd: folder });
    writeFileSync(join(folder, 'huge'), '');
    truncateSync(join(folder, 'huge'), 200_000_000);
    const why = {
      '/dev/zero': 'is a pipe or a device, not a file',
      pipe: 'is a pipe or a device, not a file',
      folder: 'is a folder, not a file',
      huge: 'is larger than 100 MB',
    };
    for (const [path, because] of Object.entries(why)) {
      expect(said(folder, 'lint', '--baseline', path)).toBe(
        `teamc: The baseline "${path}" can't be used: it ${because}.\nexit 2\n`,
      );
      expect(said(folder, 'can', '--batch', path)).toBe(`teamc: "${path}" can't be read: it ${because}.\nexit 2\n`);
    }
  });

  test('a role that leads to a device is not read', () => {
    expect(headline(linked('roles/builder.md', '/dev/zero', { 'team.yaml': LINKED }), 'lint')).toEqual([
      "error yaml-syntax: roles/builder.md can't be read: it is a pipe or a device, not a file.",
      1,
    ]);
  });

  test.each([
    ['out', 'out', 'The output folder "out" can\'t be used: it is a link that leads to itself.'],
    ['out', 'nowhere', 'The output folder "out" can\'t be used: it lies behind a link that leads nowhere.'],
    ['out/.claude', '.claude', '"out/.claude" can\'t be written: it is a link that leads to itself.'],
    ['out/.claude', 'nowhere', '"out/.claude" can\'t be written: it is a link that leads nowhere.'],
    ['out/.claude', '/usr', '"out/.claude" can\'t be written: it is a link that leads out of the folder, to /usr.'],
    ['out/.teamc', '.teamc', '"out/.teamc" can\'t be written: it is a link that leads to itself.'],
    ['out/.teamc', '/usr', '"out/.teamc" can\'t be written: it is a link that leads out of the folder, to /usr.'],
    [
      'out/opencode.json',
      '/dev/zero',
      '"out/opencode.json" can\'t be written: it is a link that leads out of the folder, to /dev/zero.',
    ],
  ])('%s to %s in the output', (path, to, sentence) => {
    const folder = project({ 'team.yaml': TEAM });
    if (path !== 'out') mkdirSync(join(folder, 'out'));
    symlinkSync(to, join(folder, path));
    const start = performance.now();
    expect(said(folder, 'build', '--out', 'out')).toBe(`teamc: ${sentence}\nexit 2\n`);
    expect(performance.now() - start).toBeLessThan(5_000);
    if (path !== 'out') expect(readdirSync(join(folder, 'out'))).toEqual([path.slice('out/'.length)]);
  });

  test('a template and the file of a target that lead to a device', () => {
    for (const name of ['b.hbs', 'target.yaml']) {
      const folder = own({ 'a.hbs': 'x' });
      rmSync(join(folder, 'targets/mine', name), { force: true });
      symlinkSync('/dev/zero', join(folder, 'targets/mine', name));
      expect(said(folder, ...OWN)).toBe(`teamc: "targets/mine" can't be read: "${name}" is not a file.\nexit 2\n`);
    }
  });
});

test('a team of which little is valid is told for each platform', () => {
  const team = `teamc: 1
name: half
escalation: [{ when: [x] }, { by: { person: 3 } }, { by: [], do: {} }, 7]
roles:
  lead:
    description: Leads.
    tools: [read, { a: { b: [1] } }, 7, [[]]]
    workflow: [{ for: x }, 7, { do: { a: 1 } }, [], { do: ok, to: { x: 1 } }]
    must-not: [{ because: x }, 7, { do: [], calls: [{ tool: 7 }] }]
    must: [{ with: lead }, { do: 7 }]
    examples: [{ tasks: [{ to: lead }] }, 7]
    playbooks: { a: { for: x }, b: [{ needs: a }] }
`;
  const targets = ['claude-code', 'opencode', 'roo'].flatMap((name) => ['--target', name]);
  const { code, stdout, stderr } = shipped(project({ 'team.yaml': team }), ['lint', ...targets]);
  expect([code, stderr]).toEqual([1, '']);
  expect(stdout).toMatch(/^error schema: .+\n {2}--> team\.yaml:3:/);
  expect(stdout).toContain('--> team.yaml:8:');
});

describe('names that differ only in case', () => {
  test('of roles in one file', () => {
    const two = TEAM.replace('read } }', 'read }, Lead: { description: Leads too., tools: read } }\nentry: lead');
    expect(said(project({ 'team.yaml': two }), 'build')).toMatchInlineSnapshot(`
      "error duplicate-id: "lead" and "Lead" differ only in case.
        --> team.yaml:3:54
        > 3 | roles: { lead: { description: Leads., tools: read }, Lead: { description: Leads too., tools: read } }
            |                                                      ^^^^
        --> team.yaml:3:10  "lead" stands here first
        > 3 | roles: { lead: { description: Leads., tools: read }, Lead: { description: Leads too., tools: read } }
            |          ^^^^
        help: Give one of them another id: many disks take them for the same file.

      1 error in 1 file (2 roles)
      teamc: Nothing was written: errors keep a team from being built, and --force does not help.
      exit 1
      "
    `);
  });

  test('of role files', () => {
    const folder = project({
      'team.yaml': LINKED.replace('builder', '[builder, Builder]'),
      'roles/builder.md': ROLE,
      'roles/Builder.md': ROLE,
    });
    expect(headline(folder, 'lint')).toEqual(['error duplicate-id: "Builder" and "builder" differ only in case.', 1]);
    expect(said(folder, 'build')).toMatch(new RegExp(`\\n${UNWRITTEN}exit 1\\n$`));
    expect(existsSync(join(folder, '.claude'))).toBe(false);
  });

  test('of a reference', () => {
    const folder = project({
      'team.yaml': `${LINKED.replace('builder', 'BUILDER')}entry: lead\n`,
      'roles/builder.md': ROLE,
    });
    expect(said(folder, 'lint')).toContain('error unknown-role: There is no role "BUILDER".\n');
    expect(said(folder, 'lint')).toContain('  help: Did you mean "builder"?\n');
  });
});

describe('files that change while they are read', () => {
  /** Runs the command with a file that somebody changes right before its bytes are read. */
  function meddled(change: string, argv: readonly string[]): string {
    const folder = project({ 'team.yaml': `${LINKED}entry: lead\n`, 'roles/builder.md': ROLE });
    const hook = project({
      'hook.cjs': `const fs = require('node:fs');
const read = fs.readFileSync;
let done = false;
fs.readFileSync = function (path, ...rest) {
  if (!done && String(path).endsWith('builder.md')) { done = true; ${change} }
  return read.call(this, path, ...rest);
};
`,
    });
    const options = { env: { ...process.env, NODE_OPTIONS: `--require=${hook}/hook.cjs` } };
    const { code, stdout, stderr } = shipped(folder, argv, options);
    expect(existsSync(join(folder, '.claude'))).toBe(false);
    return `${stdout}${stderr}exit ${code}\n`;
  }

  const UNREADABLE = "error yaml-syntax: roles/builder.md can't be read: it";

  test.each([
    ['removed', 'fs.rmSync(path);', 'error unknown-role: There is no role "builder".'],
    ['made a folder', 'fs.rmSync(path); fs.mkdirSync(path);', `${UNREADABLE} could not be opened (EISDIR).`],
    [
      'made a link to nowhere',
      "fs.rmSync(path); fs.symlinkSync('nowhere', path);",
      `${UNREADABLE} is a link that leads nowhere.`,
    ],
    [
      'made a link to itself',
      "fs.rmSync(path); fs.symlinkSync('builder.md', path);",
      `${UNREADABLE} is a link that leads to itself.`,
    ],
    ['emptied', "fs.writeFileSync(path, '');", 'error yaml-syntax: The file is empty.'],
    [
      'made too long',
      "fs.writeFileSync(path, 'x'.repeat(3e6));",
      'error yaml-syntax: The file has 3000000 bytes, and teamc reads at most 2000000.',
    ],
    [
      'cut in the middle of a character',
      'fs.writeFileSync(path, Buffer.from([0x2d, 0xe2, 0x82]));',
      'error yaml-syntax: The byte 0xE2 in line 1, column 2 is not UTF-8.',
    ],
  ])('%s', (_, change, sentence) => {
    for (const [argv, end] of [
      [['lint'], 'exit 1\n'],
      [['build'], `${UNWRITTEN}exit 1\n`],
    ] as const) {
      const text = meddled(change, argv);
      expect(text.split('\n')[0]).toBe(sentence);
      expect(text.endsWith(end)).toBe(true);
    }
  });

  test('over and over', async () => {
    const folder = project({ 'team.yaml': `${LINKED}entry: lead\n`, 'roles/builder.md': ROLE });
    const path = JSON.stringify(join(folder, 'roles/builder.md'));
    const loop = `const fs = require('node:fs');
for (;;) {
  fs.writeFileSync(${path}, ${JSON.stringify(ROLE)});
  fs.rmSync(${path});
  fs.writeFileSync(${path}, '---\\n[');
}`;
    const other = spawn(process.execPath, ['-e', loop], { stdio: 'ignore' });
    try {
      for (let run = 0; run < 12; run++) {
        const { code, stdout, stderr } = shipped(folder, run % 2 === 0 ? ['lint'] : ['build', '--quiet']);
        expect([0, 1]).toContain(code);
        expect(stdout + stderr).not.toMatch(/^\s+at |Error:/m);
      }
    } finally {
      other.kill('SIGKILL');
      await once(other, 'close');
    }
  });
});

describe('a build that is interrupted', () => {
  /** A team of many roles in two states. */
  const many = (text: string): Readonly<Record<string, string>> => ({
    'team.yaml': `teamc: 1\nname: many\nentry: r0\nroles:\n${Array.from(
      { length: 60 },
      (_, at) => `  r${at}: { description: ${text} ${at}., tools: read${at === 0 ? ', delegates-to: [r1]' : ''} }\n`,
    ).join('')}`,
  });

  /** Sends a signal when a file is there; answers the exit code, or the signal that ended the process. */
  async function interrupted(folder: string, signal: NodeJS.Signals, mark: string): Promise<number | string | null> {
    const child: ChildProcess = spawn(process.execPath, [builtCommand(), 'build', '--quiet'], {
      cwd: folder,
      stdio: 'ignore',
    });
    const closed = once(child, 'close');
    while (!existsSync(join(folder, mark)) && child.exitCode === null) await turn();
    child.kill(signal);
    const [code, by] = (await closed) as [number | null, string | null];
    return by ?? code;
  }

  test.each([
    ['Ctrl-C', 'SIGINT', '.teamc/.lock'],
    ['Ctrl-C', 'SIGINT', '.teamc/.journal'],
    ['the end of a session', 'SIGHUP', '.teamc/.journal'],
    ['a request to end', 'SIGTERM', '.teamc/.journal'],
    ['kill -9', 'SIGKILL', '.teamc/.lock'],
    ['kill -9', 'SIGKILL', '.teamc/.journal'],
  ] as const)('by %s (%s) at %s leaves the old tree or the new one', async (_, signal, mark) => {
    const folder = project(many('Once'));
    expect(shipped(folder, ['build', '--quiet']).code).toBe(0);
    writeFileSync(join(folder, 'team.yaml'), many('Now')['team.yaml']!);
    const old = tree(folder);
    const after = project(Object.fromEntries(Object.entries(old).filter(([path]) => !path.endsWith('/'))));
    expect(shipped(after, ['build', '--quiet']).code).toBe(0);
    const now = tree(after);
    // A shell says 130 for a process that SIGINT ended; 0 is a build that was quicker.
    expect([signal, 0]).toContain(await interrupted(folder, signal, mark));
    for (const [path, text] of Object.entries(tree(folder)))
      if (!path.startsWith('.teamc/.') && !path.endsWith('/')) expect([old[path], now[path]]).toContain(text);
    const { code } = shipped(folder, ['build', '--check', '--quiet']);
    expect(tree(folder)).toEqual(code === 0 ? now : old);
    expect(shipped(folder, ['build', '--quiet']).code).toBe(0);
    expect(tree(folder)).toEqual(now);
  });
});

const OWN = ['build', '--targets', 'targets', '--target', 'mine', '--quiet'];

/** A team with a target of its own that has these files. */
function own(files: Readonly<Record<string, string>>): string {
  const manifest = `target: mine
title: Mine
verified: "1"
tools: { read: [reading] }
carries: {}
holes: []
emit:
  - { for: role, path: "mine/{{id}}.md", template: a.hbs }
`;
  const all = Object.entries({ 'target.yaml': manifest, ...files });
  return project({
    'team.yaml': TEAM,
    ...Object.fromEntries(all.map(([name, text]) => [`targets/mine/${name}`, text])),
  });
}

/** What a template of one's own comes to: the file, or the sentence. */
function rendered(files: Readonly<Record<string, string>>): string {
  const folder = own(files);
  const { code, stdout, stderr } = shipped(folder, OWN);
  expect(stdout).toBe('');
  if (code !== 0) {
    expect(existsSync(join(folder, 'mine'))).toBe(false);
    return `${stderr}exit ${code}`;
  }
  expect(stderr).toBe('');
  const path = join(folder, 'mine/lead.md');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

const cannot = (why: string): string => `teamc: The template "a.hbs" can't be rendered: ${why}.\nexit 2`;

describe('templates without end', () => {
  const doubling = Object.fromEntries(
    Array.from({ length: 30 }, (_, at) => [`n${at}.hbs`, `{{> n${at + 1}}}{{> n${at + 1}}}`]),
  );
  const loop = (depth: number): string =>
    depth === 0 ? 'x' : `{{#each ${'../'.repeat(8 - depth)}.}}${loop(depth - 1)}{{/each}}`;
  const DEEPER = 'templates include each other more than 100 deep';
  const LONGER = 'it takes more than 1000000 steps';
  const quoted = (depth: number): string => `{{json ${'(json '.repeat(depth)}id${')'.repeat(depth)}}}`;

  test.each([
    ['one that includes itself', { 'a.hbs': '{{> a}}' }, DEEPER],
    ['two that include each other', { 'a.hbs': '{{> b}}', 'b.hbs': '{{> a}}{{> a}}' }, DEEPER],
    ['one that is given itself', { 'a.hbs': '{{#> a}}x{{/a}}' }, DEEPER],
    ['one inside another', { 'a.hbs': '{{#*inline "x"}}{{> x}}{{/inline}}{{> x}}' }, DEEPER],
    ['each includes the next twice', { 'a.hbs': '{{> n0}}', ...doubling, 'n30.hbs': 'x' }, LONGER],
    ['loops in loops', { 'a.hbs': loop(8) }, LONGER],
    ['quotes of quotes', { 'a.hbs': quoted(200) }, LONGER],
  ])('%s', (_, files, why) => {
    const start = performance.now();
    expect(rendered(files)).toBe(cannot(why));
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  test('that nest too deep', () => {
    const start = performance.now();
    const open = '{{#if id}}'.repeat(1_900);
    expect(rendered({ 'a.hbs': open })).toMatch(/^teamc: The template "a\.hbs" can't be read: .+\nexit 2$/);
    expect(rendered({ 'a.hbs': quoted(2_800) })).toMatch(/^teamc: The template "a\.hbs" can't be re.+\nexit 2$/);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe('templates that reach for what is not theirs', () => {
  test.each([
    ['{{constructor.constructor}}', cannot('"constructor" not defined in undefined - 1:2')],
    ['[{{#with (lookup this "constructor")}}{{this}}{{/with}}]', '[]\n'],
    ['{{__proto__}}', ''],
    ['[{{lookup . "__proto__"}}{{lookup id "constructor"}}]', '[]\n'],
    ['[{{#each (lookup . "__proto__")}}x{{/each}}{{#each (lookup . "constructor")}}x{{/each}}]', '[]\n'],
    ['[{{#each __proto__}}x{{/each}}]', '[]\n'],
    ['[{{lookup @root "constructor"}}]', '[]\n'],
    ['[{{#with "s" as |string|}}{{#with split as |conslist|}}{{this.pop}}{{/with}}{{/with}}]', '[]\n'],
    ['{{call "x"}}', cannot('You specified knownHelpersOnly, but used the unknown helper call - 1:0')],
    ['{{log "x"}}', cannot('You specified knownHelpersOnly, but used the unknown helper log - 1:0')],
    ['{{helperMissing}}', cannot('"helperMissing" not defined in [object Object] - 1:2')],
    ['{{join id}}', cannot('"join" is called without a list')],
    ['{{json (lookup . "constructor")}}', cannot('"json" is called without a value')],
    ['{{> constructor}}', cannot('The partial constructor could not be found')],
    ['{{> __proto__}}', cannot('The partial __proto__ could not be found')],
    ['{{> ../../etc/passwd}}', cannot('The partial ../../etc/passwd could not be found')],
    ['{{* constructor}}', cannot('Missing decorator: "constructor"')],
  ])('%s', (template, expected) => {
    expect(rendered({ 'a.hbs': template })).toBe(expected);
  });
});

test.runIf(process.platform === 'linux')('a folder that the system does not let be made is told at once', () => {
  expect(said(project({ 'team.yaml': TEAM }), 'build', '--out', '/proc/teamc')).toBe(
    'teamc: Nothing can be written to "/proc/teamc": there is no such folder, and none can be made.\nexit 2\n',
  );
});
