import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { readLoosely } from '../../document/yaml/loose.ts';
import type { AgentFile } from '../agent-file.ts';
import { rewrite, span, tell } from '../tell.ts';

/** The largest agent file that Claude Code reads, in bytes; larger ones are skipped. */
const MAX_SIZE = 1_048_576;

/** Where Claude Code finds front matter: behind these hyphens, up to the next three wherever they stand. */
const OPENING = /^---\s*\n/;

/** What Claude Code 2.1.328 makes of an agent file's front matter. */
export interface ClaudeView {
  /** The front matter as it reads it; undefined when it loads no agent from the file. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** It reads less than its author wrote. */
  readonly isCut?: true;
  readonly problems: readonly Diagnostic[];
}

/**
 * Reads front matter as Claude Code does: it must begin in the first line, it ends at the first `---` wherever that
 * stands, and what is no YAML is tried once more with the values of its lines in quotes.
 */
export function claudeView(file: AgentFile): ClaudeView {
  const { source, header } = file;
  const { path, text } = source;
  const top = span(path, header ? header.fence : [0, Math.max(0, text.search(/\r?\n|$/))]);
  const drops = (message: string, help: string, more: Parameters<typeof tell>[4] = {}) => ({
    problems: [tell('platform-drops-file', 'error', top, message, { help, ...more })],
  });
  if (Buffer.byteLength(text) > MAX_SIZE)
    return drops('Claude Code skips files over 1 MiB without a word, so there is no such agent.', 'Shorten the file.');
  if (!header)
    return drops(
      'Claude Code takes a file without front matter for a document, and loads no agent from it.',
      'Write front matter with `name` and `description` at the top, or move the file out of the agents folder.',
    );
  if (header.format === 'toml')
    return drops(
      'Claude Code does not know TOML, and loads no agent from this file.',
      'Write YAML between lines of `---`.',
    );
  const bare = text.startsWith('\uFEFF') ? 1 : 0;
  if (header.fence[0] > bare)
    return drops(
      'Claude Code looks for front matter in the first line only; here it begins further down, so there is no such agent.',
      'Move the front matter to the top of the file.',
      { fix: moved(file) },
    );
  if (!OPENING.test(text.slice(bare)))
    return drops(
      'Claude Code wants three hyphens above the front matter, and takes a file with more for a document: it loads no agent from this file.',
      'Write `---`.',
      { fix: rewrite('Write three hyphens', 'safe', { at: span(path, header.fence), text: '---' }) },
    );
  const [start, end] = header.range;
  const cut = text.indexOf('---', start);
  if (cut === -1)
    return drops(
      'The front matter is never closed, so Claude Code takes the file for a document and loads no agent from it.',
      'Write a line of `---` after its last key.',
    );
  const shortened = cut < end ? cut : undefined;
  const problems = shortened === undefined ? [] : [cutShort(file, shortened)];
  const read = asClaudeReads(text.slice(start, shortened ?? end), start);
  if (read) return { data: read, problems, ...(shortened === undefined ? {} : { isCut: true }) };
  const key = header.mended[0];
  const at = key ? span(path, [key.range[0], key.range[0] + key.key.length]) : top;
  const help = 'Put the value in double quotes, on one line.';
  return { problems: [...problems, tell('platform-drops-file', 'error', at, unreadable(file), { help })] };
}

function unreadable({ header, source }: AgentFile): string {
  const key = header?.mended[0]?.key;
  const what = key === undefined ? 'its front matter is no YAML' : `the value of \`${key}\` is no YAML`;
  const line = header?.broken ? ` (line ${source.text.slice(0, header.broken.offset).split('\n').length})` : '';
  const mends = source.text.includes('\r\n')
    ? 'in a file with line ends of Windows it mends nothing'
    : 'quoting it does not help';
  return `Claude Code loads no agent from this file and says nothing of it: ${what}${line}, and ${mends}.`;
}

/** The front matter of one text, strictly or after a second try with values in quotes. */
function asClaudeReads(yaml: string, start: number): Readonly<Record<string, unknown>> | undefined {
  const strict = readLoosely(yaml, start);
  if (!strict.broken || strict.broken.lax) return strict.data;
  const quoted = readLoosely(yaml.split('\n').map(quoteValue).join('\n'), start);
  return quoted.broken && !quoted.broken.lax ? undefined : quoted.data;
}

/** A line's value in double quotes, where it has characters that YAML has other uses for; a line of Windows stays as it is. */
function quoteValue(line: string): string {
  const [, key, value] = /^([A-Za-z_-]+):\s+(.+)$/.exec(line) ?? [];
  if (key === undefined || value === undefined) return line.replace(/^\t+/, (tabs) => '  '.repeat(tabs.length));
  if (/^(["']).*\1$|^\[(?:(?!: )[^[\]{}])*\]$/.test(value) || !/[{}[\]*&#!|>%@`]|: /.test(value)) return line;
  return `${key}: "${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function cutShort({ source, header }: AgentFile, at: number): Diagnostic {
  const lost = Object.keys(header!.data).filter((key) => header!.locate([key], 'key')[0] >= at);
  const widens = lost.includes('tools') || lost.includes('disallowedTools');
  const what = lost.length > 0 ? `, and \`${lost.join('`, `')}\` become part of the prompt` : '';
  return tell(
    widens ? 'platform-widens-tools' : 'platform-cuts-file',
    'error',
    span(source.path, [at, at + 3]),
    `Claude Code ends the front matter at the first \`---\`, which stands here${what}${widens ? ': the agent gets every tool' : ''}.`,
    { help: 'Write something else than three hyphens, or `\\u002d--` between double quotes.' },
  );
}

/** Puts the front matter first and what stood before it behind it. */
function moved({ source, header, before }: AgentFile) {
  const { text, path } = source;
  const from = text.startsWith('\uFEFF') ? 1 : 0;
  const close = header!.closed ? text.indexOf('\n', header!.range[1]) + 1 || text.length : header!.range[1];
  return rewrite(
    'Move the front matter to the top',
    'safe',
    { at: span(path, [from, header!.fence[0]]), text: '' },
    ...(before ? [{ at: span(path, [close, close]), text: `\n${text.slice(...before)}\n` }] : []),
  );
}
