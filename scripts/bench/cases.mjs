// What is measured, of teamc and of peers.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SCENARIO, TEAM } from './building.mjs';
import { folder } from './measure.mjs';
import { writeAgents, writeSubagents } from './peers.mjs';
import { writeTeam } from './team.mjs';

const COMMAND = resolve('node_modules/.cache/bench/command/cli.cjs');
const PEERS = resolve('node_modules/.cache/bench/peers');
const PACKAGES = ['rulesync@17.0.0', 'claude-code-lint@0.5.0', '@carlrannaberg/cclint@0.2.10', 'node@22.23.3'];

const remove = (path) => rmSync(path, { recursive: true, force: true });

/** The team of so many roles, written when it is first asked for. */
export function teamOf(count) {
  const team = folder(`team-${count}`);
  if (!existsSync(team)) writeTeam(team, count);
  return team;
}

/** Lint in the three states that people meet. */
export function lintCases(count) {
  const cwd = teamOf(count);
  const cache = folder('cache');
  const one = {
    what: 'teamc lint',
    count,
    argv: [process.execPath, COMMAND, 'lint'],
    cwd,
    extra: { TEAMC_CACHE: cache },
  };
  return [
    { ...one, state: 'first run ever', before: () => remove(cache) },
    { ...one, state: 'something changed', key: `cold ${count}`, before: () => remove(`${cache}/answers`) },
    { ...one, state: 'nothing changed', key: `warm ${count}` },
  ];
}

/** Build for three targets, into an empty folder and again. */
export function buildCases(count, node = process.execPath) {
  const out = folder(`out-${count}`);
  const cache = folder('cache-build');
  const argv = [node, COMMAND, 'build', '--out', out];
  const on = node === process.execPath ? '' : ', Node 22';
  const one = {
    what: `teamc build, 3 targets${on}`,
    count,
    argv,
    cwd: teamOf(count),
    node,
    extra: { TEAMC_CACHE: cache },
  };
  return [
    { ...one, state: 'cold', key: `build ${count}${on}`, before: () => remove(out) },
    { ...one, state: 'nothing changed', key: `rebuild ${count}${on}` },
  ];
}

/** Many runs, with the start of the command, on one thread. */
export function simulateCases() {
  const cwd = folder('simulate');
  mkdirSync(`${cwd}/scenarios`, { recursive: true });
  writeFileSync(`${cwd}/team.yaml`, TEAM);
  writeFileSync(`${cwd}/scenarios/build.yaml`, SCENARIO);
  const words = ['simulate', 'scenarios/build.yaml', '--runs', '10000', '--jobs', '1'];
  const what = 'teamc simulate, 10 000 runs of 48 events';
  return [{ what, count: 4, state: 'one thread', key: 'runs', argv: [process.execPath, COMMAND, ...words], cwd }];
}

/** Installs the peers where git does not see them; answers what runs Node 22. */
export function installPeers() {
  const node = `${PEERS}/node_modules/node/bin/node`;
  if (existsSync(node)) return node;
  mkdirSync(PEERS, { recursive: true });
  writeFileSync(`${PEERS}/package.json`, '{ "private": true }');
  const argv = ['install', '--no-audit', '--no-fund', '--loglevel=error', ...PACKAGES];
  execFileSync('npm', argv, {
    cwd: PEERS,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  return node;
}

/** Linters of Claude Code's agents. */
export function linterCases(count) {
  const cwd = folder(`agents-${count}`);
  if (!existsSync(cwd)) writeAgents(teamOf(count), cwd);
  const one = (what, file, ...words) => ({
    what,
    count,
    cwd,
    state: '',
    argv: [process.execPath, `${PEERS}/node_modules/.bin/${file}`, ...words],
  });
  return [
    {
      ...one('claude-code-lint 0.5.0', 'claudelint', 'validate-agents'),
      state: 'no cache',
      before: () => remove(`${cwd}/.claudelint-cache`),
    },
    one('@carlrannaberg/cclint 0.2.10', 'cclint', 'agents'),
  ];
}

/** rulesync, which needs Node 22. */
export function rulesyncCases(count, node) {
  const cwd = folder(`rulesync-${count}`);
  if (!existsSync(cwd)) writeSubagents(teamOf(count), cwd);
  const written = ['.claude', '.opencode', '.roomodes', '.roo', '.agents'].map((name) => `${cwd}/${name}`);
  const one = {
    what: 'rulesync 17.0.0, 3 targets, Node 22',
    count,
    cwd,
    node,
    argv: [node, `${PEERS}/node_modules/.bin/rulesync`, 'generate'],
  };
  return [
    { ...one, state: 'cold', key: `rulesync ${count}`, before: () => written.forEach(remove) },
    { ...one, state: 'nothing changed', key: `rulesync again ${count}` },
  ];
}
