// Asks the real clients about what teamc emits: `npm run conformance`. TEAMC_SOAK=n asks n times as much.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** The clients that judge, each at the version that the targets were written for. */
const CLIENTS = { 'opencode-linux-x64': '1.18.34', '@anthropic-ai/claude-code-linux-x64': '2.1.328' };

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

/** One line for each client: what was asked, and how it was decided. */
function summary(scratch) {
  const file = join(scratch, 'counts.jsonl');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  const byClient = new Map();
  for (const { client, counts } of lines.filter(Boolean).map((line) => JSON.parse(line)))
    byClient.set(client, { ...byClient.get(client), ...counts });
  return [...byClient].map(
    ([client, counts]) =>
      `${client}: ${Object.entries(counts)
        .map(([what, number]) => `${what} ${number.toLocaleString('en-US')}`)
        .join(' · ')}`,
  );
}

function main() {
  if (`${process.platform}-${process.arch}` !== 'linux-x64') {
    console.log(
      `conformance: skipped, the clients are installed for linux-x64 and this is ${process.platform}-${process.arch}`,
    );
    return 0;
  }
  install();
  const scratch = mkdtempSync(join(tmpdir(), 'teamc-conformance-'));
  try {
    const { status } = spawnSync(
      process.execPath,
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--config',
        'tests/conformance/vitest.config.ts',
        ...process.argv.slice(2),
      ],
      {
        stdio: 'inherit',
        env: { ...process.env, TEAMC_CONFORMANCE_CLIENTS: clients, TEAMC_CONFORMANCE_SCRATCH: scratch },
      },
    );
    const lines = summary(scratch);
    console.log(lines.join('\n'));
    if (status === 0 && lines.length === 0) console.error('conformance: the suite did not run');
    return status === 0 && lines.length > 0 ? 0 : 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

process.exitCode = main();
