import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './serve.ts';

/** Speaks the Language Server Protocol over two streams, until the editor ends it or goes away. */
export function serveStreams(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  settings: Parameters<typeof serve>[1],
): Promise<void> {
  const connection = createConnection(ProposedFeatures.all, input, output);
  serve(connection, settings);
  return new Promise((resolve) => connection.onExit(() => resolve()));
}
