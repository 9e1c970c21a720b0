import type { PlatformName } from './found.ts';
import { readClaudeCode, translateClaudeCode } from './platforms/claude-code.ts';
import { commonClaude } from './platforms/claude-settings.ts';
import { claudeToolProblems } from './platforms/claude-tool-checks.ts';
import { checkOpencode, commonOpencode, readOpencode, translateOpencode } from './platforms/opencode.ts';
import { commonRoo, readRoo, translateRoo } from './platforms/roo.ts';
import { readRooCommander, translateRooCommander } from './platforms/roo-commander.ts';
import type { Reader } from './reader.ts';

const claudeCode: Reader = {
  platform: 'claude-code',
  title: 'Claude Code',
  target: 'claude-code',
  read: readClaudeCode,
  translate: translateClaudeCode,
  common: commonClaude,
  check: claudeToolProblems,
};

const opencode: Reader = {
  platform: 'opencode',
  title: 'opencode',
  target: 'opencode',
  read: readOpencode,
  translate: translateOpencode,
  common: commonOpencode,
  check: checkOpencode,
};

const roo: Reader = {
  platform: 'roo',
  title: 'Roo Code',
  target: 'roo',
  read: readRoo,
  translate: translateRoo,
  common: commonRoo,
};

const rooCommander: Reader = {
  platform: 'roo-commander',
  title: 'Roo Commander',
  target: 'roo',
  read: readRooCommander,
  translate: translateRooCommander,
  common: commonRoo,
};

/** The readers, by the names of their platforms. */
export const READERS: Readonly<Record<PlatformName, Reader>> = {
  'claude-code': claudeCode,
  opencode,
  roo,
  'roo-commander': rooCommander,
};
