// Asks the real clients about what teamc emits: `npm run conformance`. TEAMC_SOAK=n asks n times as much.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** The clients that judge, each at the version that the targets were written for. */
const CLIENTS = { 'opencode-linux-x64': '1.18.34', '@anthropic-ai/claude-code-linux-x64': '2.1.328' };

/** Those that are installed here, and Roo's types, which are a development dependency. */
const CLIENTS_ASKED = 3;

const clients =
  process.env.TEAMC_CONFORMANCE_CLIENTS ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'teamc', 'conformance');

function installed(name) {
  const file = join(clients, 'node_modules', name, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined;
}

/** Installs the clients into a folder of their own, once; their install scripts are not run. */
function install() {
  if (Object.entries(CLIENTS).every(([name, version]) => installed(name) === version)) return;
  mkdirSync(clients, { recursive: true });
  writeFileSync(
    join(clients, 'package.json'),
    `${JSON.stringify({ private: true, dependencies: CLIENTS }, null, 2)}\n`,
  );
  console.log(
    `Installing ${Object.entries(CLIENTS)
      .map((client) => client.join('@'))
      .join(' and ')} into ${clients}`,
  );
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], {
    cwd: clients,
    stdio: 'inherit',
  });
}

/** What every client was asked, by client; the suite leaves it behind. */
function counted(scratch) {
  const file = join(scratch, 'counts.jsonl');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  const byClient = new Map();
  for (const { client, counts } of lines.filter(Boolean).map((line) => JSON.parse(line)))
    byClient.set(client, { ...byClient.get(client), ...counts });
  return byClient;
}

function lineOf([client, counts]) {
  const numbers = Object.entries(counts).map(([what, number]) => `${what} ${number.toLocaleString('en-US')}`);
  return `${client}: ${numbers.join(' · ')}`;
}

/** Ends the servers that the suite started and could not end itself, because it was ended first. */
function endServers(scratch) {
  const file = join(scratch, 'servers');
  if (!existsSync(file)) return;
  for (const id of readFileSync(file, 'utf8').trim().split('\n')) {
    try {
      process.kill(Number(id));
    } catch {
      // It has ended already.
    }
  }
}

/** Runs the suite; further arguments are vitest's own, such as the name of a file. */
function run(scratch, more) {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'tests/conformance/vitest.config.ts'];
  const { status } = spawnSync(process.execPath, [...vitest, ...more], {
    stdio: 'inherit',
    env: { ...process.env, TEAMC_CONFORMANCE_CLIENTS: clients, TEAMC_CONFORMANCE_SCRATCH: scratch },
  });
  return status;
}

function main(more) {
  const platform = `${process.platform}-${process.arch}`;
  if (platform !== 'linux-x64') {
    console.log(`conformance: skipped, the clients are installed for linux-x64 and this is ${platform}`);
    return 0;
  }
  install();
  const scratch = mkdtempSync(join(tmpdir(), 'teamc-conformance-'));
  try {
    const status = run(scratch, more);
    const asked = counted(scratch);
    for (const client of asked) console.log(lineOf(client));
    const complete = more.length > 0 || asked.size === CLIENTS_ASKED;
    if (!complete) console.error(`conformance: only ${asked.size} of ${CLIENTS_ASKED} clients were asked`);
    return status === 0 && complete ? 0 : 1;
  } finally {
    endServers(scratch);
    rmSync(scratch, { recursive: true, force: true });
  }
}

process.exitCode = main(process.argv.slice(2));
