import { type Connection, DidChangeWatchedFilesNotification, TextDocumentSyncKind } from 'vscode-languageserver';
import type { Check } from './check.ts';
import { Server } from './server.ts';

/** What the files of teams are called, for editors that watch the disk. */
const WATCHED = '**/*.{md,yaml,yml}';

/**
 * Answers an editor over a connection until it goes away. Paths begin at `cwd` until the editor names its folder. Teams are
 * checked by `check`, in another thread, so that no answer waits for it.
 */
export function serve(
  connection: Connection,
  { version, ...settings }: { readonly cwd: string; readonly check: Check; readonly version: string },
): void {
  const server = new Server(connection, settings);
  let watches = false;
  connection.onInitialize(({ workspaceFolders, rootUri, capabilities }) => {
    server.root(workspaceFolders?.[0]?.uri ?? rootUri ?? undefined);
    watches = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    return {
      serverInfo: { name: 'teamc', version },
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        completionProvider: { triggerCharacters: [' ', '[', ',', '/', '@'] },
        hoverProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        documentHighlightProvider: true,
        documentSymbolProvider: true,
        workspaceSymbolProvider: true,
        renameProvider: { prepareProvider: true },
        codeActionProvider: { codeActionKinds: ['quickfix'] },
      },
    };
  });
  connection.onInitialized(() => {
    if (!watches) return;
    const watchers = [{ globPattern: WATCHED }];
    void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  });
  connection.onDidChangeWatchedFiles(() => server.refresh());
  connection.onCompletion((params) => server.completions(params));
  connection.onHover((params) => server.hover(params));
  connection.onDefinition((params) => server.definition(params));
  connection.onReferences((params) => server.references(params));
  connection.onDocumentHighlight((params) => server.highlights(params));
  connection.onDocumentSymbol(({ textDocument: { uri } }) => server.outline(uri));
  connection.onWorkspaceSymbol(({ query }) => server.roles(query));
  connection.onPrepareRename((params) => server.renamable(params));
  connection.onRenameRequest((params) => server.rename(params, params.newName));
  connection.onCodeAction(({ textDocument: { uri }, range }) => server.fixes(uri, range));
  server.listen();
}
