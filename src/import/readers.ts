import type { PlatformName } from './found.ts';
import { readClaudeCode, translateClaudeCode } from './platforms/claude-code.ts';
import { claudeToolProblems } from './platforms/claude-tool-checks.ts';
import type { Reader } from './reader.ts';

const claudeCode: Reader = {
  platform: 'claude-code',
  title: 'Claude Code',
  target: 'claude-code',
  read: readClaudeCode,
  translate: translateClaudeCode,
  check: claudeToolProblems,
};

/** The readers, by the names of their platforms. */
export const READERS: Readonly<Partial<Record<PlatformName, Reader>>> = {
  'claude-code': claudeCode,
};
