// Tells what was measured as Markdown.
import { cpus, totalmem } from 'node:os';

const LOADING = 'Node loads the compiled program, and each file is read anew';
const CHECKING =
  'teamc lints by all rules, compares each permission with what the platform makes of it, and writes so that an interruption leaves every file whole';
const MANY = 'every role is read, linked and checked by all rules, one after the other, and stays in memory';
const STARTING = 'nearly half of it is the start of Node and its compiler at work';
const LOOKING = 'the times and sizes of all files that were read and written are looked at';

/** What lint and build should take: seconds of processor time, times bare Node, megabytes, or milliseconds within the process. */
const AIMS = [
  {
    aim: 'lint of 100 roles, something changed: at most 5 × bare Node',
    key: 'cold 100',
    most: 5,
    by: times,
    why: LOADING,
  },
  { aim: 'lint of 100 roles, nothing changed: at most 1.4 × bare Node', key: 'warm 100', most: 1.4, by: times },
  {
    aim: 'lint of 10 000 roles, something changed: at most 1.5 s',
    key: 'cold 10000',
    most: 1.5,
    by: ({ cpu }) => cpu,
    why: MANY,
  },
  { aim: 'lint of 10 000 roles, nothing changed: at most 0.12 s', key: 'warm 10000', most: 0.12, by: ({ cpu }) => cpu },
  { aim: 'lint of 10 000 roles: at most 250 MB', key: 'cold 10000', most: 250, by: ({ memory }) => memory, why: MANY },
  { aim: 'lint of 10 000 roles: at most 12 × that of 1 000', key: 'cold 10000', than: 'cold 1000', most: 12 },
  {
    aim: 'build of 1 000 roles: at most a tenth of rulesync',
    key: 'build 1000, Node 22',
    than: 'rulesync 1000',
    most: 0.1,
    why: CHECKING,
  },
  {
    aim: 'build of 1 000 roles again: at most a fiftieth of rulesync',
    key: 'rebuild 1000, Node 22',
    than: 'rulesync again 1000',
    most: 0.02,
    why: LOOKING,
  },
  {
    aim: 'build of 10 000 roles: at most a tenth of rulesync',
    key: 'build 10000, Node 22',
    than: 'rulesync 10000',
    most: 0.1,
    why: CHECKING,
  },
  {
    aim: 'build of 10 000 roles again: at most a fiftieth of rulesync',
    key: 'rebuild 10000, Node 22',
    than: 'rulesync again 10000',
    most: 0.02,
    why: LOOKING,
  },
  {
    aim: 'lint within one process, 100 roles with 20 permission rules each: at most 400 ms',
    key: 'lint 100 x 20',
    most: 400,
    by: ({ median }) => median,
  },
  {
    aim: 'runs by chance: at least 1 000 000 events a second, untraced',
    key: 'events',
    least: 1e6,
    by: ({ second }) => second,
  },
  { aim: '10 000 runs of 48 events: at most 1 s', key: 'runs', most: 1, by: ({ cpu }) => cpu, why: STARTING },
  {
    aim: 'every run there is: at least 200 000 states a second',
    key: 'states',
    least: 200_000,
    by: ({ second }) => second,
  },
];

function times({ cpu, bare }) {
  return cpu / bare;
}

/** The machine, the figures of commands and of the engine, and which aims were met. */
export function report(commands, engine, simulation) {
  const rows = new Map([...commands, ...engine, ...simulation].map((row) => [row.key, row]));
  const parts = [machine(), commandTable(commands), engineTable(engine), simulationTable(simulation), aimTable(rows)];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function machine() {
  const [{ model }] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Measured on ${cpus().length} cores of ${model}, ${memory} GB, Node ${process.versions.node} (${process.platform}), all rules on.`;
}

function commandTable(rows) {
  const head = ['', 'roles:', 'state', 'processor, s:', 'wall, s:', '× bare Node:', 'memory, MB:'];
  return table(
    head,
    rows.map(({ what, count, state, cpu, wall, bare, memory, status }) => [
      status === 0 ? what : `${what} (exit ${status})`,
      String(count)
        .replace(/(?=000$)/, ' ')
        .trim(),
      state,
      cpu.toFixed(3),
      wall.toFixed(3),
      (cpu / bare).toFixed(cpu / bare < 10 ? 2 : 0),
      memory.toFixed(0),
    ]),
  );
}

function engineTable(rows) {
  const said = ({ what, verdict }) => (verdict === 'undecided' ? `${what}, which ends as \`undecided\`` : what);
  return table(
    ['within one process', 'median, ms:', 'worst, ms:'],
    rows.map((row) => [said(row), row.median.toFixed(1), row.worst.toFixed(1)]),
  );
}

function simulationTable(rows) {
  return table(
    ['simulated within one process', 'so many:', 'in a second:'],
    rows.map(({ what, count, second }) => [what, spaced(count), spaced(Math.round(second / 1000) * 1000)]),
  );
}

/** A whole number with a space before each three digits. */
function spaced(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ' ');
}

function aimTable(rows) {
  const lines = AIMS.flatMap(({ aim, key, than, most, least, by, why }) => {
    const [row, other] = [rows.get(key), rows.get(than)];
    if (!row || (than && !other)) return [];
    const is = than ? row.cpu / other.cpu : by(row);
    return [
      [
        aim,
        is >= 1000 ? spaced(Math.round(is)) : is.toPrecision(3),
        (least === undefined ? is <= most : is >= least) ? 'met' : ['**missed**', why].filter(Boolean).join(': '),
      ],
    ];
  });
  return table(['aim', 'is:', ''], lines);
}

/** A table in Markdown; a column whose head ends in a colon holds numbers. Nothing where there are no rows. */
function table(head, rows) {
  if (rows.length === 0) return '';
  const names = head.map((name) => name.replace(/:$/, ''));
  const line = head.map((name) => (name.endsWith(':') ? '--:' : '--'));
  return [names, line, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
