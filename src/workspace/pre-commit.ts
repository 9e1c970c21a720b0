import type { Disk } from './disk.ts';

/** The configuration of pre-commit, at the root of a repository. */
export const PRE_COMMIT = '.pre-commit-config.yaml';

/** A configuration of pre-commit that lints teams. */
export function preCommitConfig(disk: Disk, folder: string): string {
  return `# https://pre-commit.com: run "pre-commit install" once\nrepos:\n${preCommitHook(disk, folder)}`;
}

/**
 * The hook as an item of `repos`. It runs the teamc that the project has, or else the one that is installed for everybody,
 * so that nothing needs to be fetched; npx would take longer than teamc itself.
 */
export function preCommitHook(disk: Disk, folder: string): string {
  const local = 'node_modules/.bin/teamc';
  const entry = disk.exists(disk.path(`${folder}/${local}`)) ? local : 'teamc';
  return `  - repo: local
    hooks:
      - id: teamc-lint
        name: teamc lint
        entry: ${entry} lint
        language: system
        files: '(^|/)(team\\.ya?ml|(roles|teams)/.*\\.(ya?ml|md))$'
        require_serial: true
`;
}
