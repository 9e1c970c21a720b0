// Times the permission engine: `npm run bench:engine`. Prints a Markdown table; medians and worst of several runs, in milliseconds of CPU.
import { build } from 'esbuild';

const { outputFiles } = await build({
  stdin: {
    contents: [
      "export { compare } from './src/pattern/compare.ts';",
      "export { atoms } from './src/pattern/atoms.ts';",
      "export { lint } from './src/rules/lint.ts';",
      "export { loadText } from './tests/memory.ts';",
    ].join('\n'),
    resolveDir: process.cwd(),
    loader: 'ts',
  },
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
  define: { TEAMC_BUILD: '""' },
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(process.cwd() + "/");' },
});
const code = Buffer.from(outputFiles[0].text).toString('base64');
const { compare, atoms, lint, loadText } = await import(`data:text/javascript;base64,${code}`);

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

const rows = [];
function time(name, runs, work) {
  const spent = Array.from({ length: runs }, () => {
    const given = work.prepare();
    const start = process.cpuUsage();
    work.run(given);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  }).sort((a, b) => a - b);
  rows.push([name, spent[Math.floor(runs / 2)], spent[runs - 1]]);
}

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

const twice = (count) => ({
  prepare: () => [policy(count), policy(count)],
  run: ([a, b]) => compare(a, b, { domain: 'command' }),
});
time('compare, 50 rules against 50', 40, twice(50));
time('compare, 200 rules against 200', 15, twice(200));
time('atoms of 100 lists of 20 rules that share half', 5, {
  prepare: () => {
    const shared = Array.from({ length: 40 }, rule);
    return Array.from({ length: 100 }, () => ({
      lists: [{ otherwise: 'ask', rules: Array.from({ length: 20 }, () => pick(shared)) }],
    }));
  },
  run: (lists) => atoms(lists, 'command'),
});
time('lint with all rules, 100 roles with 20 rules each', 5, {
  prepare: () => loadText(team(100, 20)),
  run: (loaded) => lint(loaded),
});
time('lint with all rules, 2 000 roles with 5 rules each', 3, {
  prepare: () => loadText(team(2000, 5)),
  run: (loaded) => lint(loaded),
});
/** Equal policies whose equality takes more states than the budget allows. */
const adversarial = {
  prepare: () => {
    const rules = Array.from({ length: 14 }, (_, n) => ({
      dialect: 'command',
      pattern: `*${String.fromCharCode(97 + n)}*${String.fromCharCode(122 - n)}*`,
      decision: ['allow', 'ask', 'deny'][n % 3],
    }));
    return [rules, [rules[0], ...rules]].map((list) => ({ lists: [{ otherwise: 'ask', rules: list }] }));
  },
  run: ([a, b]) => {
    rows.adversarial = compare(a, b, { domain: 'command' }).verdict;
  },
};
time('compare, an adversarial family within its budget', 3, adversarial);

console.log('| case | median ms | worst ms |\n|---|---|---|');
for (const [name, median, worst] of rows) console.log(`| ${name} | ${median.toFixed(1)} | ${worst.toFixed(1)} |`);
console.log(`\nThe adversarial family ends as \`${rows.adversarial}\`. CPU time, Node ${process.versions.node}.`);
