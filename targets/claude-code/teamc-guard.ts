// The guard of a team on Claude Code: a PreToolUse hook that narrows each role to its own rules.
// It reads one table beside it, needs nothing else, and never approves a call: it denies, asks, or says nothing.
// Whatever goes wrong in it is a denial.
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judge } from '../../src/target/guard/judge.ts';
import type { GuardTable, HookInput, Verdict } from '../../src/target/guard/table.ts';

function verdict(): Verdict {
  const input = JSON.parse(readFileSync(0, 'utf8')) as HookInput;
  if (typeof input.tool_name !== 'string') throw new Error('the call has no tool');
  const beside = join(dirname(fileURLToPath(import.meta.url)), 'teamc-policy.json');
  const table = JSON.parse(readFileSync(beside, 'utf8')) as GuardTable;
  if (table.version !== 1) throw new Error('the table is of another version');
  const project = process.env['CLAUDE_PROJECT_DIR'] ?? input.cwd ?? process.cwd();
  const home = homedir();
  const forks = (skill: string): boolean | undefined => doesFork(skill, [project, home]);
  return judge({ ...input, tool_input: input.tool_input ?? {} }, table, { project, home, forks });
}

/** Looks into a skill's file, in the project and in the home folder. */
function doesFork(skill: string, roots: readonly string[]): boolean | undefined {
  if (!/^[\w.-]+$/.test(skill) || skill.startsWith('.')) return undefined;
  const files = roots.map((root) => join(root, '.claude', 'skills', skill, 'SKILL.md')).filter((file) => existsSync(file));
  if (files.length === 0) return undefined;
  return files.some((file) => /^context:\s*["']?fork/m.test(readFileSync(file, 'utf8')));
}

function say({ decision, because }: Verdict): void {
  if (decision === 'allow') return;
  const answer = {
    hookEventName: 'PreToolUse',
    permissionDecision: decision,
    permissionDecisionReason: `teamc: ${because}`,
  };
  process.stdout.write(JSON.stringify({ hookSpecificOutput: answer }));
}

try {
  say(verdict());
} catch (error) {
  say({ decision: 'deny', because: `the guard failed (${error instanceof Error ? error.message : String(error)})` });
}
