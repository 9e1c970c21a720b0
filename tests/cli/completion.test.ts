import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtCommand, project, teamc } from './project.ts';

const FILES = {
  'team.yaml': `teamc: 1
name: shop
entry: desk
roles:
  desk: { name: The Desk, description: "Takes: orders.", tools: [], delegates-to: [buyer, baker/bread] }
  buyer: { description: Buys., tools: [] }
  baker/bread: { description: Bakes., tools: [], extends: base }
  base: { description: Is there for others., abstract: true }
`,
  'other/team.yaml': 'teamc: 1\nname: other\nroles:\n  porter: { description: Carries., tools: [] }\n',
};

async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const { code, stdout, stderr } = await teamc(project(FILES), ['complete', '--', ...words]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t')[0]!);
}

describe('what may come next', () => {
  test.each<[words: readonly string[], offers: readonly string[]]>([
    [['ren'], ['rename']],
    [['add', ''], ['role']],
    [
      ['rename', ''],
      ['desk', 'buyer', 'baker/bread', 'base'],
    ],
    [
      ['rename', 'b'],
      ['buyer', 'baker/bread', 'base'],
    ],
    [['rename', 'buyer', ''], []],
    [['--quiet', 'can', 'desk', 'se'], ['search']],
    [['can', '--team', '.', 'de'], ['desk']],
    [['can', '--team', 'nowhere', 'de'], []],
    [['explain', 'delegation-'], ['delegation-cycle']],
    [
      ['lint', '--fix'],
      ['--fix', '--fix-unsafe'],
    ],
    [['lint', '--format', 's'], ['sarif']],
    [['lint', '--format=s'], ['--format=sarif']],
    [['lint', '--format', '=', 's'], ['sarif']],
    [
      ['lint', '--format', '='],
      ['pretty', 'json', 'sarif', 'github', 'junit'],
    ],
    [['lint', '-t', 'o'], ['opencode']],
    [['lint', '--rule', 'no-tool'], ['no-tools=']],
    [
      ['lint', '--rule', 'no-tools='],
      ['no-tools=error', 'no-tools=warning', 'no-tools=info', 'no-tools=off'],
    ],
    [['lint', '--rule', 'no-tools', '=', 'o'], ['off']],
    [['can', 'bread'], ['baker/bread']],
    [['rename', '--team', '=', '.', 'bu'], ['buyer']],
    [['rename', '--team=.', 'bu'], ['buyer']],
    [['--cwd', 'other', 'can', ''], ['porter']],
    [['--cwd', 'nowhere', 'can', ''], []],
    [['graph', 'other', '--role', ''], ['porter']],
    [['graph', '--relations', 'rep'], ['reports-to']],
    [['graph', '--relations', 'delegates-to,rep'], ['delegates-to,reports-to']],
    [
      ['paths', '--to', 's'],
      ['search', 'shell', 'switch-role', 'skill'],
    ],
    [['compare', 'other@o'], ['other@opencode']],
    [['build', '--as', ''], ['plugin']],
    [['lint', '--output', ''], []],
    [['lint', ''], []],
    [['lint', '--col'], ['--color']],
    [['init', '--team', 'sta'], ['starter']],
    [['add', 'role', 'x', '--extends', 'bas'], ['base']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['schema', 'ro'], ['role']],
    [['nothing', 'such', ''], []],
  ])('after %j', async (words, offers) => {
    expect(await offered(...words)).toEqual(offers);
  });

  test('every command is offered, but the one that shells ask', async () => {
    const all = await offered('');
    expect(all).toContain('completion');
    expect(all).not.toContain('complete');
    expect((await teamc(project(), ['--help'])).stdout).not.toMatch(/^ {2}complete /m);
  });

  test('nothing where there is no team', async () => {
    expect((await teamc(project(), ['complete', '--', 'rename', ''])).stdout).toBe('');
  });
});

/** A folder with the team and, on the PATH, teamc. */
function shop(): { readonly cwd: string; readonly env: NodeJS.ProcessEnv } {
  const cwd = project(FILES);
  mkdirSync(join(cwd, 'bin'));
  writeFileSync(join(cwd, 'bin/teamc'), `#!/bin/sh\nexec "${process.execPath}" "${builtCommand()}" "$@"\n`);
  chmodSync(join(cwd, 'bin/teamc'), 0o755);
  return { cwd, env: { ...process.env, PATH: `${join(cwd, 'bin')}:${process.env['PATH']}`, HOME: cwd, TERM: 'dumb' } };
}

test('bash offers role names, and never runs what stands on the line', () => {
  const { cwd, env } = shop();
  const ask = `COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 )); _teamc; printf '%s|' "\${COMPREPLY[@]}"; echo`;
  const script = `eval "$(teamc completion bash)"
COMP_WORDS=(teamc rename b); ${ask}
COMP_WORDS=(teamc lint --format = g); ${ask}
COMP_WORDS=(teamc can '$(touch evil)' sw); ${ask}
complete -p teamc`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], { cwd, env, encoding: 'utf8' });
  expect([stdout, stderr]).toEqual([
    'buyer|baker/bread|base|\ngithub|\nswitch-role|\ncomplete -o bashdefault -o default -F _teamc teamc\n',
    '',
  ]);
  expect(existsSync(join(cwd, 'evil'))).toBe(false);
});

/** How the other shells are asked, where they are installed. */
const OTHERS: Readonly<Record<string, readonly [script: string, wanted: string]>> = {
  fish: [
    'teamc completion fish | source; complete -C "teamc rename bu"; complete -C "teamc lint team."',
    'buyer\tBuys.\nteam.yaml\n',
  ],
  zsh: [
    `zmodload zsh/zpty; zpty z zsh -f -i
zpty -w z 'autoload -Uz compinit; compinit -u; eval "$(teamc completion zsh)"; echo rea""dy'
zpty -r -m z out '*ready*'
zpty -w -n z $'teamc rename buy\\t'
zpty -r -m z out '*buyer *' && print -r -- offered`,
    'offered\n',
  ],
};
const installed = Object.keys(OTHERS).filter((shell) => spawnSync(shell, ['-c', 'true']).status === 0);

test('the shells that are here complete the name of a role', () => {
  for (const shell of installed) {
    const [script, wanted] = OTHERS[shell]!;
    const asked = spawnSync(shell, ['-c', script], { ...shop(), encoding: 'utf8', timeout: 50_000 });
    expect([shell, asked.stdout]).toEqual([shell, wanted]);
  }
});

test('another shell is refused', async () => {
  expect(await teamc(project(), ['completion', 'zhs'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'teamc: There is no completion for "zhs"; did you mean "zsh"?\n',
  });
});
