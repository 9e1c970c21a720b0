import { type ExecFileException, execFile } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { builtCommand, project, teamc } from '../cli/project.ts';
import { messagesApi } from '../simulate/live/messages-api.ts';
import { readersEnvironment } from '../tutorial.ts';
import { type Block, blocksOf, PAGES, wordsOf } from './blocks.ts';

/** The first YAML block of a page, in which its commands see a team. */
const teamOn = (blocks: readonly Block[], at = 0): string =>
  blocks.filter(({ language }) => language === 'yaml')[at]?.text ?? '';

/** The team of a page, and beside it the version of it that the page speaks of. */
const withNext =
  (from: string, to: string) =>
  (blocks: readonly Block[]): Readonly<Record<string, string>> => ({
    'team.yaml': teamOn(blocks),
    'next/team.yaml': teamOn(blocks).replace(from, to),
  });

const LOOSER = withNext('[{ ask: "kubectl *" }]', '[{ ask: "kubectl *" }, { allow: "kubectl rollout *" }]');

/** What the commands of a page find in their folder. A page that is not here has none. */
const FOLDERS: Readonly<Record<string, (blocks: readonly Block[]) => Readonly<Record<string, string>>>> = {
  'README.md': () => ({}),
  'docs/index.md': LOOSER,
  'docs/recipes.md': LOOSER,
  'docs/permissions.md': withNext('deny: "npm publish *"', 'ask: "npm publish *"'),
  'docs/graph.md': (blocks) => ({ 'team.yaml': teamOn(blocks) }),
  'docs/lint.md': (blocks) =>
    Object.fromEntries(blocks.filter(({ title }) => title !== '').map(({ title, text }) => [title, text])),
  'docs/simulate.md': (blocks) => ({
    ...withNext('retries: 1', 'retries: 3')(blocks),
    'scenarios/login.yaml': teamOn(blocks, 1),
  }),
  'docs/import.md': () => ({
    '.claude/agents/lead.md': '---\nname: lead\ndescription: Leads.\ntools: Read\n---\nLead.\n',
  }),
};

/** Pages whose every command is run by a test of their own, in the one place where it makes sense. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'docs/tutorial.md': 'tests/tutorial.ts',
  'docs/ci.md': 'tests/ci-page.test.ts',
};

/** The exit codes of commands of which their page says that they fail, or that are run here before a build. */
const CODES: Readonly<Record<string, number>> = {
  'teamc build agents-team --check': 1,
  'npx teamc build --check': 1,
  'npx teamc build --target roo --require guarded': 1,
};

const pages = PAGES.filter((page) => !(page in ELSEWHERE))
  .map((page) => ({ page, blocks: blocksOf(page) }))
  .filter(({ blocks }) => blocks.some(isCommand));

function isCommand({ language, text }: Block): boolean {
  return (
    ['sh', 'console', 'bash'].includes(language) || (language === 'indented' && /^(?:npx|npm|teamc|export) /.test(text))
  );
}

test('a page whose commands are run elsewhere is read there', () => {
  for (const [page, file] of Object.entries(ELSEWHERE)) expect(readFileSync(file, 'utf8')).toContain(`'${page}'`);
});

describe.each(pages)('$page', ({ page, blocks }) => {
  const commands = blocks.filter(isCommand).map((block) => ({ ...block, title: block.text.trim().split('\n')[0]! }));

  test.each(commands)('$line: $title', async ({ text, output, language }) => {
    const folder = project(FOLDERS[page]?.(blocks) ?? {});
    for (const [name] of text.matchAll(/\bteams\/[\w-]+/g)) cpSync(name, join(folder, name), { recursive: true });
    if (language === 'sh') {
      expect(output, 'the page shows what it prints').toBeDefined();
      expect((await run(text.trim(), folder)).stdout).toBe(output);
      return;
    }
    const lines = text.trim().split('\n').map(withoutComment);
    for (const line of lines.some((one) => one.startsWith('export ')) ? [lines.join('\n')] : lines)
      expect({ line, ...(await run(line, folder)) }).toMatchObject({ line, code: CODES[line] ?? 0 });
  });
});

test('a command that stands within a sentence is one, with options that it has', async () => {
  const texts = PAGES.map((page) => readFileSync(page, 'utf8').replaceAll(/^```[\s\S]*?^```$/gm, ''));
  const named = texts.flatMap((text) => [...text.matchAll(/`(?:npx )?teamc ([a-z]+)([^`]*)`/g)]);
  const asked = new Map<string, Set<string>>();
  for (const [, command = '', rest = ''] of named)
    asked.set(command, new Set([...(asked.get(command) ?? []), ...(rest.match(/--[a-z][a-z-]*/g) ?? [])]));
  expect(asked.size).toBeGreaterThan(12);
  for (const [command, options] of asked) {
    const { code, stdout } = await teamc('.', [command, '--help']);
    const unknown = [...options].filter((option) => !new RegExp(`${option}(?![\\w-])`).test(stdout));
    expect({ command, code, unknown }).toEqual({ command, code: 0, unknown: [] });
  }
});

/** A line without what the page says behind it. */
function withoutComment(line: string): string {
  return line.replace(/ {2,}\S.*$/, '');
}

/** Runs a line: in this process where it is a plain command of teamc, else in the shell of a reader. */
async function run(
  line: string,
  folder: string,
): Promise<{ readonly code: number; readonly stdout: string; stderr: string }> {
  if (/^(?:npx )?teamc [^|<>;&$]*$|^teamc [^|<>;&$]*"[^"]*"$/.test(line) && !line.includes('--live')) {
    const words = wordsOf(line.replace(/^npx /, '')).slice(1);
    const { code, ...said } = await teamc(folder, words);
    return { code: code ?? -1, ...said };
  }
  const { url } = await messagesApi(() => [{ tool: 'finish', input: { result: 'Done.', outcome: 'done' } }]);
  const env = { ...readersEnvironment(folder, builtCommand()), ANTHROPIC_BASE_URL: url };
  const said = line.replace('KEY=…', 'KEY=none').replace('localhost:4318', await collector());
  return new Promise((resolve) => {
    execFile('sh', ['-c', said], { cwd: folder, env }, (error: ExecFileException | null, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

/** The address of a server that takes traces, and nothing that is none. */
async function collector(): Promise<string> {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      const { resourceSpans } = JSON.parse(text) as { resourceSpans: readonly unknown[] };
      response.writeHead(request.url === '/v1/traces' && resourceSpans.length > 0 ? 200 : 400).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `--fail 127.0.0.1:${(server.address() as AddressInfo).port}`;
}
