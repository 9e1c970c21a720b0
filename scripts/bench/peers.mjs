// The same roles as peers want them written: agents of Claude Code, and subagents of rulesync.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const TOOLS = 'tools: [Read, Grep, Glob, Edit, Write, Bash, TodoWrite]';

/** Every role of a team: its name, its description and its body. */
function rolesOf(team) {
  return readdirSync(`${team}/roles`, { recursive: true })
    .filter((name) => name.endsWith('.md'))
    .map((name) => {
      const text = readFileSync(`${team}/roles/${name}`, 'utf8');
      const end = text.indexOf('\n---\n', 4) + 5;
      const description = /^description: (.*)$/m.exec(text)[1];
      return { id: name.slice(name.lastIndexOf('/') + 1, -3), description, body: text.slice(end) };
    });
}

/** A project with agents of Claude Code. */
export function writeAgents(team, project) {
  mkdirSync(`${project}/.claude/agents`, { recursive: true });
  mkdirSync(`${project}/.git`, { recursive: true });
  for (const { id, description, body } of rolesOf(team)) {
    const head = ['---', `name: ${id}`, `description: ${description}`, TOOLS, 'model: opus', 'color: blue', '---'];
    writeFileSync(`${project}/.claude/agents/${id}.md`, `${head.join('\n')}\n${body}`);
  }
}

/** A project with subagents of rulesync. */
export function writeSubagents(team, project) {
  mkdirSync(`${project}/.rulesync/subagents`, { recursive: true });
  const config = { targets: ['claudecode', 'opencode', 'roo'], features: ['subagents'], delete: false };
  writeFileSync(`${project}/rulesync.jsonc`, JSON.stringify(config, undefined, 2));
  for (const { id, description, body } of rolesOf(team)) {
    const head = [
      '---',
      'targets: ["*"]',
      `name: ${id}`,
      `description: ${description}`,
      'claudecode: { model: opus }',
      '---',
    ];
    writeFileSync(`${project}/.rulesync/subagents/${id}.md`, `${head.join('\n')}\n${body}`);
  }
}
