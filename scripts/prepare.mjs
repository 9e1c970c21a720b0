// Builds a checkout that is about to be installed. npm runs `prepare` for a package from git without having installed what
// the build needs if the install is global (https://github.com/npm/cli/issues/8440), and that is how pre-commit installs.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

if (!existsSync('node_modules/esbuild'))
  execFileSync(
    'npm',
    ['install', '--no-global', '--no-save', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    },
  );
execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
