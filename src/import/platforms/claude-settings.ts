import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { readJsonLoosely } from '../../document/json.ts';
import type { Loose } from '../../document/yaml/loose.ts';
import type { Place } from '../../text/place.ts';
import type { Source } from '../../text/source.ts';
import { plainDocument } from '../agent-file.ts';
import type { ReadFile } from '../files.ts';
import type { Common } from '../reader.ts';
import { span, stopped, tell } from '../tell.ts';
import { claudeTools } from './claude-tools.ts';

/** In the order in which they count for less: with the last match winning, what denies stands last. */
const LISTS = ['allow', 'ask', 'deny'] as const;

/**
 * What Claude Code's settings say for all agents: the rules of `permissions`, as a block that every role begins with, and
 * the agent of the main thread. Files that teamc wrote say nothing new: each role's own rules stand in its prompt.
 */
export function commonClaude(files: readonly ReadFile[], foreign: boolean): Common {
  const settings = files.flatMap((file) =>
    file.kind === 'settings' && 'source' in file ? [settingsOf(file.source)] : [],
  );
  const found = foreign ? settings.flatMap(rulesIn) : [];
  const rules = found.flatMap((one) => ('rule' in one ? [one] : []));
  const main = settings.map(({ data }) => data['agent']).findLast((name) => typeof name === 'string');
  return {
    definition: {
      ...(rules.length > 0
        ? { permissions: { settings: rules.map(({ rule }) => rule) }, defaults: { permissions: 'settings' } }
        : {}),
      ...(main === undefined || foreign ? {} : { entry: [main] }),
      ...nameIn(files, foreign),
    },
    ...(rules[0] ? { file: rules[0].at.file } : {}),
    mappings: rules.map(({ at }, index) => ({ pointer: ['permissions', 'settings', index], at })),
    documents: settings.map(({ source }) => plainDocument(source, 'yaml')),
    problems: [
      ...settings.flatMap(({ problems }) => problems),
      ...found.flatMap((one) => ('problem' in one ? [one.problem] : [])),
    ],
  };
}

interface Settings extends Pick<Loose, 'data' | 'locate'> {
  readonly source: Source;
  readonly problems: readonly Diagnostic[];
}

function settingsOf(source: Source): Settings {
  const { data, locate, broken = looseness(source.text) } = readJsonLoosely(source.text);
  const message = `Claude Code leaves these settings out: this is no JSON, ${broken?.reason}.`;
  const help = 'Mend the file; until then none of its rules holds.';
  const at = broken && stopped(source, broken.offset);
  return { source, data, locate, problems: at ? [tell('platform-refuses-file', 'error', at, message, { help })] : [] };
}

/** What keeps Claude Code from reading settings that laxer readers take: a comment, a comma too many. An empty file is none. */
function looseness(text: string): Loose['broken'] {
  const json = text.replace(/^\uFEFF/, ' ');
  if (json.trim() === '') return undefined;
  try {
    JSON.parse(json);
    return undefined;
  } catch (error) {
    const at = /at position (\d+)/.exec((error as Error).message)?.[1];
    const comment = [...json.matchAll(/"(?:\\.|[^"\\])*"|\/[/*]/g)].find(([found]) => found.startsWith('/'));
    const offset = Math.min(comment?.index ?? Number(at ?? 0), text.length - 1);
    return { reason: 'which has neither comments nor commas after the last item', offset };
  }
}

type FoundRule = { readonly rule: unknown; readonly at: Place } | { readonly problem: Diagnostic };

/** The rules of one file in the order in which they count, and those that the language has no word for. */
function rulesIn({ source, data, locate }: Settings): readonly FoundRule[] {
  const permissions = (data['permissions'] ?? {}) as Readonly<Record<string, unknown>>;
  return LISTS.flatMap((list) =>
    listOf(permissions[list]).map((text, index): FoundRule => {
      const at = span(source.path, locate(['permissions', list, index]));
      const found = ruleOf(text);
      if (found) return { rule: { [found.tool]: { [list]: found.patterns } }, at };
      return {
        problem: tell('platform-drops-field', 'info', at, `"${text}" has no word in the language, and was left out.`),
      };
    }),
  );
}

/** The team's name, from the table of teamc's own guard. */
function nameIn(files: readonly ReadFile[], foreign: boolean): Readonly<Record<string, unknown>> {
  const policy = foreign ? undefined : files.find(({ kind }) => kind === 'policy');
  const name = policy && 'source' in policy ? readJsonLoosely(policy.source.text).data['team'] : undefined;
  return typeof name === 'string' ? { name } : {};
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** A rule such as `Bash(npm run *)` in the words of the language. */
function ruleOf(text: string): { readonly tool: string; readonly patterns: string | readonly string[] } | undefined {
  const [tool] = claudeTools([text]) ?? [];
  if (!tool?.means || tool.means === 'all') return undefined;
  const { means, argument } = tool;
  if (means.startsWith('mcp')) return { tool: 'mcp', patterns: serverOf(means) };
  if (argument === undefined || argument === '*' || argument === '**')
    return means === 'delegate' ? undefined : { tool: means, patterns: '*' };
  return { tool: means, patterns: argumentOf(means, argument) };
}

function serverOf(means: string): string {
  const name = means.slice('mcp:'.length);
  return name === '' ? '*' : name.includes('/') ? name : `${name}/*`;
}

function argumentOf(tool: string, argument: string): string | readonly string[] {
  if (tool === 'shell') return argument.replace(/:\*$/, ' *');
  if (PATHS.has(tool)) return path(argument);
  const host = tool === 'fetch' ? /^domain:(.+)$/.exec(argument)?.[1] : undefined;
  return host === undefined ? argument : [`https://${host}/*`, `http://${host}/*`];
}

const PATHS: ReadonlySet<string> = new Set(['read', 'edit', 'search', 'notebook']);

/** In settings `/x` begins at the project, `//x` at the root of the disk; a name alone is meant at any depth. */
function path(argument: string): string {
  if (argument.startsWith('//')) return argument.slice(1);
  if (argument.startsWith('~/')) return argument;
  const inner = argument.replace(/^\.?\//, '');
  return inner.includes('/') || argument !== inner ? inner : `**/${inner}`;
}
