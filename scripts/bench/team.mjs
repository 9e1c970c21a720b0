// Writes a team of N roles for measuring: departments of a hundred, each a tree of leads and workers; front matter of about
// 0.9 KB, files of about 8 KB. No rule finds anything in it.
import { mkdirSync, writeFileSync } from 'node:fs';

const WORDS =
  'review plan build check route queue ledger parcel garden harbor signal meadow copper lantern orchard timber canvas marble'.split(
    ' ',
  );

export function writeTeam(folder, count) {
  mkdirSync(`${folder}/roles`, { recursive: true });
  writeFileSync(`${folder}/team.yaml`, teamFile(count));
  for (let index = 0; index < count; index++) {
    const department = `d${Math.floor(index / 100)}`;
    mkdirSync(`${folder}/roles/${department}`, { recursive: true });
    writeFileSync(`${folder}/roles/${department}/r${index}.md`, roleFile(index, count));
  }
}

const idOf = (index) => `d${Math.floor(index / 100)}/r${index}`;
const headOf = (index) => index - (index % 100);
/** A tree for each department, in which each role has up to eight delegates. */
const parentOf = (index) => headOf(index) + Math.floor(((index % 100) - 1) / 8);

function teamFile(count) {
  const heads = Array.from({ length: Math.ceil(count / 100) }, (_, department) => idOf(department * 100));
  return `teamc: 1
name: bench
description: A team for measuring.
entry: [${heads.join(', ')}]
people: { maintainer: { description: Owns the repository } }
models: { strong: { claude-code: opus, opencode: anthropic/claude-opus-4-5 } }
tool-groups: { inspect: [read, search] }
permissions:
  careful-shell:
    - shell:
        - ask: "*"
        - allow: ["git status *", "git log *", "git diff *"]
        - { deny: "terraform *", because: infrastructure is not ours }
defaults: { model: strong, tools: [inspect], permissions: careful-shell }
escalation: [{ by: self, retries: 2 }, { by: escalates-to }, { name: a person, by: { person: maintainer } }]
targets: { claude-code: {}, opencode: {}, roo: {} }
`;
}

function roleFile(index, count) {
  const word = (n) => WORDS[(index * 7 + n) % WORDS.length];
  const children = Array.from({ length: 8 }, (_, n) => headOf(index) + (index % 100) * 8 + n + 1).filter(
    (child) => child < Math.min(count, headOf(index) + 100),
  );
  const edges = children.map(
    (child, n) =>
      `  - { role: ${idOf(child)}, for: ${word(n)} work of part ${child}, keywords: [${word(n)}-${child}] }`,
  );
  const lines = [
    '---',
    `name: Role ${index}`,
    `description: Takes care of the ${word(1)} and the ${word(2)} of part ${index}, and answers for both.`,
    `when-to-use: Anything about ${word(3)} in part ${index}`,
    'color: blue',
    `department: ${word(4)}`,
    `tags: [${word(1)}, ${word(2)}]`,
    'tools: [inspect, edit, shell, todo]',
    'permissions:',
    `  - edit: [{ deny: "*" }, { allow: ["parts/p${index % 50}/**", "docs/p${index % 50}.md"] }]`,
    ...(edges.length > 0 ? ['delegates-to:', ...edges] : []),
    ...(index % 100 > 0
      ? [
          'escalates-to:',
          `  - { role: ${idOf(parentOf(index))}, when: [scope, quality], because: the plan is kept there }`,
        ]
      : []),
    `expertise: { ${word(5)}: expert, ${word(6)}: advanced }`,
    `responsibilities: ["Keep the ${word(1)} in order", "Report on the ${word(2)}"]`,
    `owns: [{ path: "parts/p${index % 50}/n${index}/**", for: the ${word(1)} }]`,
    'quality-gates: { done: ["tests pass", { metric: coverage, at-least: 80% }] }',
    'version: "1.0.0"',
    '---',
    '',
    ...Array.from(
      { length: 70 },
      (_, n) =>
        `Part ${index}, note ${n}: first look at the ${word(n)}, then at the ${word(n + 1)}; write down what the ${word(n + 2)} says.`,
    ),
    '',
  ];
  return lines.join('\n');
}

if (process.argv[1]?.endsWith('team.mjs')) writeTeam(process.argv[2], Number(process.argv[3]));
