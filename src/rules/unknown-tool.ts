import { listOf } from '../team/items.ts';
import { own } from '../text/own.ts';
import type { Rule } from './rule.ts';
import { reportUnresolved } from './unresolved.ts';

/** A tool that does not exist gives nothing, and a rule about it forbids nothing. */
export const unknownTool: Rule = {
  id: 'unknown-tool',
  summary: 'A tool is none of the language, and no group of tools either.',
  severity: 'error',

  check(context) {
    const groups = context.team.definition['tool-groups'] ?? {};
    reportUnresolved(context, 'tool', {
      message: (name) =>
        name === 'delegate' ? '"delegate" can\'t be given as a tool.' : `There is no tool "${name}".`,
      nothing: '',
      hint: (name) => {
        if (isDelegation(name)) return 'It comes with "delegates-to", and covers exactly the roles named there.';
        if (Object.hasOwn(groups, name))
          return `"${name}" is a group of tools, and here each tool has its own rules: ${listOf(groups[name]).join(', ')}.`;
        return undefined;
      },
      meant: (name) => own(OF_PLATFORMS, name.toLowerCase().replaceAll(/[_-]/g, '')),
    });
  },
};

/** Names that platforms have for tools, in lower case and without hyphens and underscores, where letters alone would mislead. */
const OF_PLATFORMS: Readonly<Record<string, string>> = {
  applydiff: 'edit',
  applypatch: 'edit',
  askfollowupquestion: 'ask-user',
  askuserquestion: 'ask-user',
  attemptcompletion: 'complete',
  bash: 'shell',
  browseraction: 'browser',
  command: 'shell',
  executecommand: 'shell',
  glob: 'search',
  grep: 'search',
  list: 'search',
  listfiles: 'search',
  ls: 'search',
  multiedit: 'edit',
  notebookedit: 'notebook',
  patch: 'edit',
  readfile: 'read',
  searchfiles: 'search',
  switchmode: 'switch-role',
  todowrite: 'todo',
  usemcptool: 'mcp',
  webfetch: 'fetch',
  write: 'edit',
  writetofile: 'edit',
};

function isDelegation(name: string): boolean {
  return /^(?:delegate|task|agent|new_?task)$/i.test(name);
}
