import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { readGrayMatter } from '../../document/gray-matter.ts';
import type { AgentFile } from '../agent-file.ts';
import type { FoundAgent } from '../found.ts';
import { span, stopped, tell } from '../tell.ts';

/**
 * What opencode 1.18.34 makes of a file: front matter as it stands or after mending values with colons, the whole file as
 * a prompt, or nothing.
 */
export type OpencodeView =
  | { readonly kind: 'read' | 'mended'; readonly data: Readonly<Record<string, unknown>>; readonly body: string }
  | { readonly kind: 'whole' | 'nothing' };

/** Reads a file as opencode does. */
export function opencodeView(text: string): OpencodeView {
  const plain = readGrayMatter(text);
  if ('data' in plain) {
    const isBare = plain.content === text.replace(/^\uFEFF/, '') && Object.keys(plain.data).length === 0;
    return isBare ? { kind: 'whole' } : { kind: 'read', data: plain.data, body: plain.content };
  }
  const tame = sanitized(text);
  if (tame === text) return { kind: 'whole' };
  const mended = readGrayMatter(tame);
  return 'data' in mended ? { kind: 'mended', data: mended.data, body: mended.content } : { kind: 'nothing' };
}

/** What opencode makes otherwise of a file than its author may think. */
export function opencodeFileProblems(
  { source, header }: AgentFile,
  agent: FoundAgent,
  { kind }: OpencodeView,
): readonly Diagnostic[] {
  const { text, path } = source;
  const top = header ? span(path, header.fence) : span(path, [0, Math.max(0, text.search(/\r?\n|$/))]);
  const told = (rule: 'platform-widens-tools' | 'platform-drops-file', message: string, help: string) => [
    tell(rule, 'error', top, message, { help, role: agent.id }),
  ];
  const whole = `opencode takes the whole file for a prompt, and ${agent.id} may do everything`;
  if (kind === 'read') return [];
  if (kind === 'mended')
    return [
      tell(
        'front-matter-repaired',
        'warning',
        stopped(source, header?.broken?.offset ?? header?.range[0] ?? 0),
        `This is no YAML (${header?.broken?.reason ?? 'a value holds a colon'}); opencode mends it, as was done here, but other readers refuse the file.`,
        { help: 'Put the value in double quotes.', role: agent.id },
      ),
    ];
  if (kind === 'nothing')
    return told(
      'platform-drops-file',
      'opencode loads no agent from this file and says nothing of it: the front matter is no YAML.',
      'Put the value in double quotes.',
    );
  if (!header)
    return told(
      'platform-widens-tools',
      `There is no front matter, so ${whole}.`,
      'Write front matter with `description`, `mode` and `permission`, or move the file out of the folder.',
    );
  if (header.format === 'toml')
    return told(
      'platform-widens-tools',
      `opencode does not know TOML: ${whole}.`,
      'Write YAML between lines of `---`.',
    );
  if (header.fence[0] > (text.startsWith('\uFEFF') ? 1 : 0))
    return told(
      'platform-widens-tools',
      `Front matter begins in the first line only; here it begins further down, so ${whole}.`,
      'Move the front matter to the top of the file.',
    );
  if (!/^\uFEFF?---(?!-)/.test(text))
    return told(
      'platform-widens-tools',
      `opencode wants three hyphens above the front matter and no more, so ${whole}.`,
      'Write `---`.',
    );
  return told('platform-widens-tools', `The front matter is no YAML, so ${whole}.`, 'Put the value in double quotes.');
}

/** The text with values that hold a colon as blocks, as opencode tries once more. */
function sanitized(text: string): string {
  const match = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text);
  if (!match) return text;
  const lines = match[1]!.split(/\r?\n/).flatMap((line) => {
    const [, key, value = ''] = /^([a-zA-Z_]\w*)\s*:\s*(.*)$/.exec(line) ?? [];
    if (key === undefined || /^(?:["']|[>|]$|$)/.test(value.trim()) || !value.includes(':')) return [line];
    return [`${key}: |-`, `  ${value.trim()}`];
  });
  const tame = lines.join('\n');
  return tame === match[1] ? text : text.replace(match[1]!, () => tame);
}
