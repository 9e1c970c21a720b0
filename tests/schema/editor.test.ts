import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import {
  type CompletionItem,
  createProtocolConnection,
  type Hover,
  type MarkupContent,
  type Position,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { BUILTIN } from '../../src/target/builtin.ts';
import { TOOLS } from '../../src/team/tools.ts';

const NAMES = ['team', 'role', 'scenario', 'target'] as const;
const require = createRequire(import.meta.url);
const program = join(dirname(require.resolve('yaml-language-server/package.json')), 'bin/yaml-language-server');

/** An editor with the YAML language server that people have, and files that name our schemas in their first line. */
class YamlEditor {
  readonly #connection: ProtocolConnection;
  #files = 0;

  private constructor() {
    const server = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    onTestFinished(() => void server.kill());
    this.#connection = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    this.#connection.listen();
  }

  static async start(): Promise<YamlEditor> {
    const editor = new YamlEditor();
    const textDocument = {
      completion: { completionItem: { documentationFormat: ['markdown'] } },
      hover: { contentFormat: ['markdown'] },
    };
    await editor.#connection.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      capabilities: { textDocument },
    });
    await editor.#connection.sendNotification('initialized', {});
    const settings = { yaml: { hover: true, completion: true, schemaStore: { enable: false } } };
    await editor.#connection.sendNotification('workspace/didChangeConfiguration', { settings });
    return editor;
  }

  /** Opens a text that a schema is for; answers where its lines are. */
  async open(schema: string, text: string): Promise<(line: number, character: number) => object> {
    const path = pathToFileURL(`schemas/${schema}.schema.json`).href;
    const uri = `file:///team/${this.#files++}.yaml`;
    const textDocument = {
      uri,
      languageId: 'yaml',
      version: 1,
      text: `# yaml-language-server: $schema=${path}\n${text}`,
    };
    await this.#connection.sendNotification('textDocument/didOpen', { textDocument });
    return (line, character) => ({ textDocument: { uri }, position: { line: line + 1, character } satisfies Position });
  }

  /** What is offered at the end of a text. */
  async offered(schema: string, text: string): Promise<readonly string[]> {
    const lines = text.split('\n');
    const at = await this.open(schema, text);
    const found: { items: CompletionItem[] } | CompletionItem[] = await this.#connection.sendRequest(
      'textDocument/completion',
      at(lines.length - 1, lines.at(-1)!.length),
    );
    return (Array.isArray(found) ? found : found.items).map(({ label }) => label);
  }

  async hover(at: object): Promise<string> {
    const hover: Hover | null = await this.#connection.sendRequest('textDocument/hover', at);
    return (hover?.contents as MarkupContent | undefined)?.value ?? '';
  }
}

const properties = (name: string): Readonly<Record<string, { readonly description: string }>> =>
  (require(`../../schemas/${name}.schema.json`) as { properties: Record<string, { description: string }> }).properties;

test.each(NAMES)('the YAML language server completes and explains every key of a %s', async (name) => {
  const editor = await YamlEditor.start();
  const keys = Object.entries(properties(name));
  expect(await editor.offered(name, '')).toEqual(expect.arrayContaining(keys.map(([key]) => key)));
  const at = await editor.open(name, keys.map(([key]) => `${key}: x`).join('\n'));
  const plain = (text: string): string => text.replaceAll(/[\\`]/g, '').replaceAll(/\s+/g, ' ');
  for (const [line, [key, { description }]] of keys.entries()) {
    const told = plain(await editor.hover(at(line, 1)));
    expect(`${key}: ${told}`).toContain(plain(description));
  }
});

test('the YAML language server completes the words of the language', async () => {
  const editor = await YamlEditor.start();
  const tools = Object.keys(TOOLS).filter((tool) => tool !== 'delegate');
  const platforms = BUILTIN.map(({ name }) => name);
  expect(await editor.offered('team', 'lint:\n  profile: ')).toEqual(['regular', 'strict']);
  expect(await editor.offered('role', 'mode: ')).toEqual(['primary', 'subagent', 'all']);
  expect(await editor.offered('role', 'permissions:\n  - ')).toEqual(expect.arrayContaining(tools));
  expect(await editor.offered('team', 'defaults:\n  permissions:\n    ')).toEqual(expect.arrayContaining(tools));
  expect(await editor.offered('role', 'must-not:\n  - do: x\n    calls:\n      ')).toEqual(
    expect.arrayContaining(tools),
  );
  expect(await editor.offered('team', 'targets:\n  ')).toEqual(platforms);
  expect(await editor.offered('role', 'targets:\n  ')).toEqual(platforms);
  expect(await editor.offered('team', 'models:\n  strong:\n    ')).toEqual(expect.arrayContaining(platforms));
});
