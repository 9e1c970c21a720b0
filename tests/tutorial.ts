import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A part of the tutorial: a file to write, or commands with what they print. */
export type Step =
  | { readonly file: string; readonly text: string }
  | { readonly commands: string; readonly prints: string };

/** The steps of the tutorial, in order. */
export function tutorialSteps(): readonly Step[] {
  const page = readFileSync('docs/tutorial.md', 'utf8');
  return [
    ...page.matchAll(
      /^```sh\n([\s\S]*?)^```$(?:\n\n```text\n([\s\S]*?)^```$)?|^```(?:yaml|markdown) (\S+)\n([\s\S]*?)^```$/gm,
    ),
  ].map(([, commands, prints = '', file = '', text = '']) =>
    commands === undefined ? { file, text } : { commands, prints },
  );
}

/**
 * Takes a step in a folder as a reader would, in a shell, and answers what it printed. In the place of npm, which would
 * fetch the package from the registry, stands a program that puts the command under test where npm would.
 */
export function takeStep(step: Step, folder: string, command: string): string {
  if ('file' in step) {
    mkdirSync(dirname(join(folder, step.file)), { recursive: true });
    writeFileSync(join(folder, step.file), step.text);
    return '';
  }
  const env = readersEnvironment(folder, command);
  return spawnSync('sh', ['-c', `exec 2>&1\n${step.commands}`], { cwd: folder, env, encoding: 'utf8' }).stdout;
}

/** The environment of a shell in a folder where a reader has installed teamc, has no key and is nobody. */
export function readersEnvironment(folder: string, command: string): NodeJS.ProcessEnv {
  const bin = join(folder, '.git-tools');
  mkdirSync(bin, { recursive: true });
  program(join(bin, 'teamc'), `exec "${process.execPath}" "${command}" "$@"`);
  program(join(bin, 'npx'), 'exec "$@"');
  program(join(bin, 'npm'), 'if [ "$1" = init ]; then echo "{}" > package.json; fi\necho "$@"');
  writeFileSync(join(folder, '.git-tools/.gitignore'), '*\n');
  return {
    PATH: `${bin}:${process.env['PATH']}`,
    HOME: folder,
    NO_COLOR: '1',
    TEAMC_CACHE: 'off',
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: 'user.name',
    GIT_CONFIG_VALUE_0: 'Reader',
    GIT_CONFIG_KEY_1: 'user.email',
    GIT_CONFIG_VALUE_1: 'reader@example.com',
  };
}

function program(path: string, text: string): void {
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
}
