import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { project, shipped } from './project.ts';

const CANARY = 'pwned';

/** A team whose files try to get code run, and processes started, in every way that files like these have had. */
const HOSTILE = {
  'team.yaml':
    'teamc: 1\nname: "$(touch pwned)"\ndescription: "`touch pwned` {{constructor.constructor \'return process\'}}"\nentry: lead\ntargets: { claude-code: {}, opencode: {}, roo: {} }\n',
  'roles/lead.md': `---
name: "; touch pwned #"
description: Leads. \${require('node:fs').writeFileSync('pwned','')}
tools: [read, shell]
permissions: { shell: [{ ask: "*" }, { allow: "touch pwned" }] }
delegates-to: [clerk, coder]
---
{{#with (lookup this "constructor")}}{{/with}} {{{process.mainModule.require "fs"}}} <script>touch()</script> @{pwned} !\`touch pwned\`
`,
  'roles/clerk.md': '---js\n{ description: require("node:fs").writeFileSync("pwned", "") }\n---\nTake orders.\n',
  'roles/coder.yaml':
    "description: !!js/function \"function () { require('fs').writeFileSync('pwned', '') }\"\ninstructions: !!python/object/apply:os.system [\"touch pwned\"]\n",
};

interface Deed {
  readonly what: 'process' | 'connection' | 'code' | 'write';
  readonly detail: string;
}

/** Everything that a command did to the world outside its own process. */
function deeds(
  cwd: string,
  argv: readonly string[],
  codes: readonly (number | null)[] = [0],
  program?: string,
): readonly Deed[] {
  const log = join(project(), 'deeds.jsonl');
  const { code, stderr } = shipped(
    cwd,
    argv,
    {
      env: {
        ...process.env,
        TEAMC_CACHE: 'off',
        TEAMC_WATCHED: log,
        NODE_OPTIONS: `--require ${resolve('tests/cli/watched-process.cjs')}`,
      },
    },
    program,
  );
  expect({ code, stderr: codes.includes(code) ? '' : stderr }).toEqual({
    code: expect.toBeOneOf([...codes]),
    stderr: '',
  });
  return readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Deed)
    .filter(({ what, detail }) => what !== 'write' || detail !== '');
}

test('what watches would see a process, a connection, a text that becomes code and a file that is written', () => {
  const cwd = project({
    'deeds.cjs': `require('node:child_process').execFileSync('true');
require('node:net').connect(9, '127.0.0.1').on('error', () => {});
require('node:vm').runInNewContext('1');
require('node:fs').writeFileSync('pwned', '');`,
  });
  const seen = deeds(cwd, [], [0], join(cwd, 'deeds.cjs')).map(({ what }) => what);
  expect([...new Set(seen)].sort()).toEqual(['code', 'connection', 'process', 'write']);
});

const SOUND = resolve('teams/delivery-squad');

const ASKING = [
  ['lint', '.'],
  ['lint', '.', '--profile', 'strict', '--target', 'opencode', '--format', 'sarif'],
  ['can', 'lead', 'shell', 'touch pwned'],
  ['paths', '--to', 'shell:touch pwned'],
  ['explain', 'lead'],
  ['simulate', '.', 'touch pwned'],
  ['graph', '.', '--format', 'json'],
  ['build', '.', '--dry-run'],
];

test.each(ASKING)('%s %s asks nobody, runs nothing and writes nothing, whatever the files say', (...argv) => {
  const cwd = project(HOSTILE);
  expect(deeds(cwd, argv, [0, 1, 2])).toEqual([]);
  expect(existsSync(join(cwd, CANARY))).toBe(false);
});

test.each(ASKING)('%s %s of a sound team asks nobody, runs nothing and writes nothing', (...argv) => {
  const there = argv.map((word) => (word === '.' ? SOUND : word === 'lead' ? 'tech-lead' : word));
  const team = there.includes(SOUND) ? [] : ['--team', SOUND];
  expect(deeds(project(), [...there, ...team])).toEqual([]);
});

test('build writes in the folder that it is given and nowhere else', () => {
  const cwd = project();
  const written = deeds(cwd, ['build', SOUND, '--out', 'out']);
  expect(written.length).toBeGreaterThan(0);
  expect(written.filter(({ what }) => what !== 'write')).toEqual([]);
  expect(written.filter(({ detail }) => !detail.startsWith(join(cwd, 'out')))).toEqual([]);
});
