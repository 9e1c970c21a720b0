// What is measured of the permission engine, within one process.
import { imported } from './imported.mjs';

const { compare, atoms, lint, loadText } = await imported({
  './src/pattern/compare.ts': 'compare',
  './src/pattern/atoms.ts': 'atoms',
  './src/rules/lint.ts': 'lint',
  './tests/memory.ts': 'loadText',
});

let seed = 1;
/** A linear congruential generator (Numerical Recipes): the same rules in every run. */
const chance = (below) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};
const pick = (list) => list[chance(list.length)];
const PROGRAMS = ['git', 'npm', 'docker', 'kubectl', 'terraform', 'go', 'cargo', 'make', 'psql', 'aws'];
const WORDS = ['status', 'run', 'build', 'push', 'apply', 'get', 'test', 'log', 'delete', 'plan'];
const pattern = () =>
  pick([
    () => `${pick(PROGRAMS)} *`,
    () => `${pick(PROGRAMS)} ${pick(WORDS)} *`,
    () => `${pick(PROGRAMS)} *${pick(WORDS)}*`,
    () => `${pick(PROGRAMS)} ${pick(WORDS)}`,
  ])();
const rule = () => ({ dialect: 'command', pattern: pattern(), decision: pick(['allow', 'ask', 'deny']) });
const policy = (count) => ({ lists: [{ otherwise: 'ask', rules: Array.from({ length: count }, rule) }] });

/** A team whose roles have rules of their own. */
function team(roles, rules) {
  const lines = ['teamc: 1', 'name: bench', 'entry: r0', 'roles:'];
  for (let role = 0; role < roles; role++) {
    const own = Array.from({ length: rules }, () => `{ ${pick(['allow', 'ask', 'deny'])}: "${pattern()}" }`);
    const below = [1, 2, 3, 4].map((n) => role * 4 + n).filter((n) => n < roles);
    lines.push(
      `  r${role}:`,
      `    description: Does part ${role}.`,
      '    tools: [read, shell]',
      `    permissions: [{ shell: [{ ask: "*" }, ${own.join(', ')}] }]`,
      ...(below.length > 0
        ? [`    delegates-to: { role: [${below.map((n) => `r${n}`).join(', ')}], for: parts }`]
        : []),
    );
  }
  lines.push(
    'assertions:',
    '  - { never: { role: "*", reaches: { shell: "terraform destroy *" }, without: approval } }',
  );
  return lines.join('\n');
}

/** The time of one's own process that a piece of work takes, in milliseconds: the median and the worst of several runs. */
function time({ what, key, runs, prepare, work }) {
  let found;
  const spent = Array.from({ length: runs }, () => {
    const given = prepare();
    const start = process.cpuUsage();
    found = work(given);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  }).sort((a, b) => a - b);
  return { what, key, median: spent[runs >> 1], worst: spent[runs - 1], verdict: found.verdict };
}

/** Two policies of so many rules each. */
const twice = (count) => () => [policy(count), policy(count)];
const comparing = ([a, b]) => compare(a, b, { domain: 'command' });

/** Lists of rules that share half of them. */
function sharing() {
  const shared = Array.from({ length: 40 }, rule);
  return Array.from({ length: 100 }, () => ({
    lists: [{ otherwise: 'ask', rules: Array.from({ length: 20 }, () => pick(shared)) }],
  }));
}

/** Equal policies whose equality takes more states than the budget allows. */
function adversarial() {
  const rules = Array.from({ length: 14 }, (_, n) => ({
    dialect: 'command',
    pattern: `*${String.fromCharCode(97 + n)}*${String.fromCharCode(122 - n)}*`,
    decision: ['allow', 'ask', 'deny'][n % 3],
  }));
  return [rules, [rules[0], ...rules]].map((list) => ({ lists: [{ otherwise: 'ask', rules: list }] }));
}

const CASES = [
  { what: 'compare 50 rules with 50', runs: 40, prepare: twice(50), work: comparing },
  { what: 'compare 200 rules with 200', runs: 15, prepare: twice(200), work: comparing },
  {
    what: 'atoms of 100 lists of 20 rules that share half',
    runs: 5,
    prepare: sharing,
    work: (lists) => atoms(lists, 'command'),
  },
  {
    what: 'lint with all rules, 100 roles with 20 permission rules each',
    key: 'lint 100 x 20',
    runs: 5,
    prepare: () => loadText(team(100, 20)),
    work: (loaded) => lint(loaded),
  },
  {
    what: 'lint with all rules, 2 000 roles with 5 permission rules each',
    runs: 3,
    prepare: () => loadText(team(2000, 5)),
    work: (loaded) => lint(loaded),
  },
  { what: 'compare of an adversarial family', key: 'adversarial', runs: 3, prepare: adversarial, work: comparing },
];

/** Times every case, and tells of each before it begins. */
export function timeEngine(tell) {
  return CASES.map((one) => {
    tell(one.what);
    return time(one);
  });
}
