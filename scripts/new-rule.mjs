// Begins a lint rule: `npm run new-rule -- my-rule` writes the rule, its page, and the list of rules. What it writes
// passes the tests as it stands; the author then puts the real problem in its place, the page first.
import { existsSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { generate } from './generate.mjs';

const ID = /^[a-z]+(?:-[a-z]+)*$/;

/** The files of a new rule, by path. */
export function scaffold(id) {
  const name = id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  return { [`src/rules/${id}.ts`]: rule(id, name), [`docs/rules/${id}.md`]: page(id) };
}

function rule(id, name) {
  return `import { keyOf } from '../text/place.ts';
import type { Rule } from './rule.ts';

/** What goes wrong for a team in which this is found. */
export const ${name}: Rule = {
  id: '${id}',
  summary: 'A role is called culprit.',
  severity: 'warning',

  check({ facts, report }) {
    for (const role of facts.roles) {
      if (role.id !== 'culprit') continue;
      report({
        at: keyOf(role.at),
        role: role.id,
        message: \`\${role.id} is the culprit.\`,
        help: 'Give it another id.',
      });
    }
  },
};
`;
}

function page(id) {
  return `# ${id}

A role is called culprit.

Severity: warning.

## Why

Two to five plain sentences: what goes wrong for the team of the reader, and when it shows.

## What it reports

\`\`\`yaml
teamc: 1
name: shop
entry: culprit
roles:
  culprit:
    description: Plans the work.
\`\`\`

\`\`\`text
warning ${id}: culprit is the culprit.
  --> team.yaml:5:3
  > 5 |   culprit:
      |   ^^^^^^^
  help: Give it another id.
\`\`\`

## What it allows

What is almost the mistake, and why it is none.

\`\`\`yaml
teamc: 1
name: shop
entry: lead
roles:
  lead:
    description: Plans the work.
    aliases: culprit
\`\`\`

\`\`\`text
no findings
\`\`\`
`;
}

/** Why no rule can begin under an id, if so. */
function objection(id) {
  if (id === undefined) return 'Name the rule: npm run new-rule -- my-rule';
  if (!ID.test(id))
    return `"${id}" can't be the id of a rule: use lower-case words with hyphens, as in "unknown-role".`;
  const taken = Object.keys(scaffold(id)).find((path) => existsSync(path));
  return taken && `${taken} is there already.`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [id] = process.argv.slice(2);
  const problem = objection(id);
  if (problem) {
    console.error(problem);
    process.exitCode = 2;
  } else {
    const files = scaffold(id);
    for (const [path, text] of Object.entries(files)) writeFileSync(path, text);
    const written = [...Object.keys(files), ...(await generate())];
    console.log(`written:\n${written.map((path) => `  ${path}`).join('\n')}`);
    console.log(`Write the page first, then the rule until the page is true: npx vitest run tests/rules -t ${id}`);
  }
}
