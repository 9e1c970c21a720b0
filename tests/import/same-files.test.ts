import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compare } from '../../src/pattern/compare.ts';
import { importProject, type Project, planFor } from './back.ts';

/** The front matter of a file as data, and its body. */
function agent(text: string | undefined): { readonly head: Record<string, unknown>; readonly body: string } {
  const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text ?? '') ?? [];
  return { head: (parse(head) ?? {}) as Record<string, unknown>, body: body.trim() };
}

function rebuilt(project: Project, target: string): Project {
  const { loaded } = importProject(project);
  expect(loaded.problems).toEqual([]);
  return Object.fromEntries(planFor(loaded.team, target).files.map(({ path, content }) => [path, content]));
}

describe('files of Claude Code come back as they were', () => {
  const files: Project = {
    '.claude/agents/lead.md': `---
name: lead
description: >-
  Plans the work,
  and hands it on.
tools: Read, Task, TodoWrite, mcp__tracker__search
model: inherit
color: cyan
maxTurns: 30
effort: high
disallowedTools: Write
skills: [planning]
permissionMode: plan
owner: platform team
---

# Lead

Plan first.

## Delegates to

- \`reviewer\`: every change
`,
    '.claude/agents/ops/reviewer.md': `---
name: Code Reviewer
description: "Reads changes: says what is wrong."
---

Read the diff first. --- Then the tests.
`,
  };
  const built = rebuilt(files, 'claude-code');

  test('with every field, and unknown keys', () => {
    const { head } = agent(built['.claude/agents/lead.md']);
    expect(head).toEqual({
      name: 'lead',
      description: 'Plans the work, and hands it on.',
      tools: ['Read', 'Task', 'TodoWrite', 'mcp__tracker__search'],
      model: 'inherit',
      color: 'cyan',
      maxTurns: 30,
      effort: 'high',
      disallowedTools: 'Write',
      skills: ['planning'],
      permissionMode: 'plan',
      owner: 'platform team',
    });
  });

  test('with the whole text, and nothing added', () => {
    for (const [before, after] of [
      ['.claude/agents/lead.md', '.claude/agents/lead.md'],
      ['.claude/agents/ops/reviewer.md', '.claude/agents/Code Reviewer.md'],
    ] as const)
      expect(agent(built[after]).body).toBe(agent(files[before]).body);
  });

  test('with a name of several words, and without tools that nobody listed', () => {
    expect(agent(built['.claude/agents/Code Reviewer.md']).head).toEqual({
      name: 'Code Reviewer',
      description: 'Reads changes: says what is wrong.',
    });
  });
});

describe('files of opencode come back as they were', () => {
  const file = `---
description: Builds services.
mode: primary
model: acme/large
temperature: 0.2
top_p: 0.9
steps: 12
color: "#2563EB"
permission:
  bash:
    "*": ask
    # look before you leap
    "git status*": allow
    "git push*": deny
  edit:
    "*": deny
    "docs/*.md": allow
  webfetch: ask
---

Build it.
`;
  const built = rebuilt({ '.opencode/agents/core/builder.md': file }, 'opencode');
  const { head, body } = agent(built['.opencode/agents/core/builder.md']);

  test('with every field and the whole text', () => {
    const { permission: _, ...rest } = head;
    const { permission: __, ...before } = agent(file).head;
    expect({ rest, body }).toEqual({ rest: before, body: 'Build it.' });
  });

  test('with rules that mean the same', () => {
    const rules = (key: string, source: Record<string, unknown>) => ({
      lists: [
        {
          otherwise: 'ask' as const,
          rules: Object.entries(
            (source['permission'] as Record<string, Record<string, 'allow' | 'ask' | 'deny'>>)[key]!,
          ).map(([pattern, decision]) => ({ dialect: 'opencode' as const, pattern, decision })),
        },
      ],
    });
    for (const [key, domain] of [
      ['bash', 'command'],
      ['edit', 'path'],
    ] as const)
      expect(compare(rules(key, agent(file).head), rules(key, head), { domain }).verdict).toBe('equal');
    expect((head['permission'] as Record<string, unknown>)['webfetch']).toBe('ask');
  });
});

test('modes of Roo come back as they were', () => {
  const modes = [
    {
      slug: 'docs-writer',
      name: '📝 Docs Writer',
      roleDefinition: 'You write documentation.\n\nFor people in a hurry.',
      whenToUse: 'Anything that people read.',
      groups: ['read', ['edit', { fileRegex: '\\.(md|mdx)$', description: 'Markdown only' }], 'mcp'],
      customInstructions: 'Write short sentences.\n\n- And lists.',
    },
    { slug: 'tester', name: 'Tester', roleDefinition: 'You run tests. And more.', groups: ['read', 'command'] },
  ];
  const built = rebuilt({ '.roomodes': JSON.stringify({ customModes: modes }) }, 'roo');
  expect(parse(built['.roomodes']!)).toEqual({ customModes: modes });
  expect(Object.keys(built)).toEqual(['.roomodes']);
});
