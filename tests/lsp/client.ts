import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import {
  type CodeAction,
  type CompletionItem,
  createProtocolConnection,
  type Diagnostic,
  type DocumentHighlight,
  type DocumentSymbol,
  type Hover,
  type Location,
  type Position,
  type ProtocolConnection,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type SymbolInformation,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { builtCommand } from '../cli/project.ts';

/** An editor that shows a project: the protocol's own client, and the command as it is shipped. */
export class Editor {
  readonly #cwd: string;
  readonly connection: ProtocolConnection;
  readonly #texts = new Map<string, string>();
  readonly #findings = new Map<string, readonly Diagnostic[]>();
  readonly #waiting = new Set<() => void>();
  readonly exited: Promise<number | null>;

  private constructor(cwd: string) {
    this.#cwd = cwd;
    const server = spawn(process.execPath, [builtCommand(), 'lsp', '--stdio'], {
      cwd,
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, TEAMC_CACHE: 'off' },
    });
    onTestFinished(() => void server.kill());
    this.exited = new Promise((resolve) => server.on('exit', resolve));
    this.connection = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    this.connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => {
      this.#findings.set(uri, diagnostics);
      for (const wake of this.#waiting) wake();
    });
    this.connection.listen();
  }

  static async start(cwd: string): Promise<Editor> {
    const editor = new Editor(cwd);
    await editor.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(cwd).href,
      capabilities: {},
    });
    await editor.connection.sendNotification('initialized', {});
    return editor;
  }

  uri(path: string): string {
    return pathToFileURL(join(this.#cwd, path)).href;
  }

  /** Opens a file, or types so that it has another text. A bar is where the cursor is, and is not in the text. */
  async type(path: string, marked: string): Promise<Position> {
    const offset = Math.max(0, marked.indexOf('|>'));
    const text = marked.replace('|>', '');
    const uri = this.uri(path);
    if (this.#texts.has(path))
      await this.connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: Date.now() },
        contentChanges: [{ text }],
      });
    else
      await this.connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: path.endsWith('.md') ? 'markdown' : 'yaml', version: 1, text },
      });
    this.#texts.set(path, text);
    const before = text.slice(0, offset).split('\n');
    return { line: before.length - 1, character: before.at(-1)!.length };
  }

  /** Closes a file without saving it. */
  async close(path: string): Promise<void> {
    this.#texts.delete(path);
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri: this.uri(path) } });
  }

  /** Writes a file beside the editor, which tells the server that something changed. */
  async write(path: string, text: string): Promise<void> {
    writeFileSync(join(this.#cwd, path), text);
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: this.uri(path), type: 2 }],
    });
  }

  /** The findings that the editor shows in a file, once they fulfil a condition. */
  async findings(path: string, until: (found: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]> {
    const uri = this.uri(path);
    for (;;) {
      const found = this.#findings.get(uri);
      if (found && until(found)) return found;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }

  completions(path: string, position: Position): Promise<readonly CompletionItem[]> {
    return this.connection.sendRequest('textDocument/completion', this.#at(path, position));
  }

  hover(path: string, position: Position): Promise<Hover | null> {
    return this.connection.sendRequest('textDocument/hover', this.#at(path, position));
  }

  definition(path: string, position: Position): Promise<Location | null> {
    return this.connection.sendRequest('textDocument/definition', this.#at(path, position));
  }

  references(path: string, position: Position, includeDeclaration = false): Promise<readonly Location[]> {
    const params = { ...this.#at(path, position), context: { includeDeclaration } };
    return this.connection.sendRequest('textDocument/references', params);
  }

  symbols(query: string): Promise<readonly SymbolInformation[]> {
    return this.connection.sendRequest('workspace/symbol', { query });
  }

  renamable(path: string, position: Position): Promise<Range | null> {
    return this.connection.sendRequest('textDocument/prepareRename', this.#at(path, position));
  }

  highlights(path: string, position: Position): Promise<readonly DocumentHighlight[] | null> {
    return this.connection.sendRequest('textDocument/documentHighlight', this.#at(path, position));
  }

  outline(path: string): Promise<readonly DocumentSymbol[] | null> {
    return this.connection.sendRequest('textDocument/documentSymbol', { textDocument: { uri: this.uri(path) } });
  }

  rename(path: string, position: Position, newName: string): Promise<WorkspaceEdit> {
    return this.connection.sendRequest('textDocument/rename', { ...this.#at(path, position), newName });
  }

  fixes(path: string, { range }: Diagnostic): Promise<readonly CodeAction[]> {
    return this.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: this.uri(path) },
      range,
      context: { diagnostics: [] },
    });
  }

  async quit(): Promise<number | null> {
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    return this.exited;
  }

  #at(path: string, position: Position) {
    return { textDocument: { uri: this.uri(path) }, position };
  }
}
