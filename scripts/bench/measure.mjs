// Measures commands: processor time of user and system, the time on the wall, and the memory at its highest.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const scratch = mkdtempSync(join(tmpdir(), 'teamc-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

/** A folder that goes away with this process. */
export function folder(name) {
  return join(scratch, name);
}

const hook = folder('memory.cjs');
writeFileSync(
  hook,
  `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(folder('memory'))}, String(process.resourceUsage().maxRSS)));`,
);

const { NODE_EXTRA_CA_CERTS: _, NODE_OPTIONS: __, FORCE_COLOR: ___, ...env } = process.env;

/** The output goes into a file, as it would into that of a continuous integration. */
const SCRIPT = 'TIMEFORMAT="%3U %3S %3R"; time "$@" >"$0" 2>&1';

/** Runs a command once: seconds of processor and wall, and its exit code. */
function once(argv, { cwd, extra = {} }) {
  const { status, stderr } = spawnSync('bash', ['-c', SCRIPT, folder('output'), ...argv], {
    cwd,
    env: { ...env, NO_COLOR: '1', ...extra },
    encoding: 'utf8',
  });
  const [user = 0, system = 0, wall = 0] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { cpu: user + system, wall, status };
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs a command several times, each time after a run of nothing but Node, and answers the medians. `before` puts
 * everything in the state that is to be measured.
 */
export function measure({ argv, cwd, extra, before = () => {}, node = process.execPath, runs }) {
  before();
  once(argv, { cwd, extra });
  const found = Array.from({ length: runs }, () => {
    before();
    const bare = once([node, '-e', '0'], { cwd });
    return { bare: bare.cpu, ...once(argv, { cwd, extra }) };
  });
  before();
  once(argv, { cwd, extra: { ...extra, NODE_OPTIONS: `--require ${hook}` } });
  return {
    cpu: median(found.map(({ cpu }) => cpu)),
    wall: median(found.map(({ wall }) => wall)),
    bare: median(found.map(({ bare }) => bare)),
    memory: Number(readFileSync(folder('memory'), 'utf8')) / 1024,
    output: readFileSync(folder('output'), 'utf8'),
    status: found.at(-1).status,
  };
}
