import { expect, test } from 'vitest';
import { lint } from '../../src/rules/lint.ts';
import { builtinTarget } from '../../src/target/builtin.ts';
import { compile } from '../../src/target/compile.ts';
import { readTeam } from '../../src/team/read.ts';
import { loadText, memory } from '../memory.ts';

const TARGETS = ['claude-code', 'opencode', 'roo'];

/** Names that every object of JavaScript has. */
const INHERITED = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__proto__'];

test.each(INHERITED)('a team may call colours, models and tools "%s": such names mean nothing to it', (name) => {
  const loaded = loadText(
    `teamc: 1\nname: t\nentry: a\nroles:\n  a: { description: Does it., color: ${name}, model: ${name}, tools: [read, ${name}] }\n`,
  );
  const found = lint(loaded, { targets: TARGETS });
  expect(found.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['unknown-tool', 'unknown-model']));
  for (const target of TARGETS) {
    const { files } = compile(loaded.team, builtinTarget(target)!);
    expect(files.some(({ content }) => /^color: (?!"")/m.test(content))).toBe(false);
  }
});

test.each(['!', '!!str', '# only a comment', ''])(
  'front matter of nothing but "%s" says nothing, and the body still counts',
  (text) => {
    const loaded = readTeam(
      'team.yaml',
      memory({ 'team.yaml': 'teamc: 1\nname: t\n', 'roles/a.md': `---\n${text}\n---\nDo it.\n` }),
    );
    expect(loaded.team.roles.get('a')?.fields.instructions).toBe('Do it.');
  },
);
