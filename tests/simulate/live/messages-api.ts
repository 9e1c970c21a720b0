import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A block of an answer: text, or the call of a tool. A text as input is sent as it is, however broken. */
export type Block =
  | { readonly text: string }
  | { readonly tool: string; readonly input: Readonly<Record<string, unknown>> | string };

/** What the server does with one request. */
export type Reply =
  | readonly Block[]
  | { readonly blocks: readonly Block[]; readonly stop: string }
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly message?: string }
  /** The connection ends after so many events, or nothing more ever comes. */
  | { readonly blocks: readonly Block[]; readonly cutAfter: number }
  | { readonly blocks: readonly Block[]; readonly silentAfter: number }
  | 'silent';

/** What the server was asked. */
export interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly model: string;
    readonly max_tokens: number;
    readonly stream: boolean;
    readonly system: readonly { readonly text: string }[];
    readonly tools: readonly { readonly name: string }[];
    readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  };
}

/** A server on this machine that speaks the Messages API with streaming, and does with each request what it is told. */
export async function messagesApi(
  reply: (asked: Asked, number: number) => Reply,
): Promise<{ readonly url: string; readonly asked: readonly Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      const one = { headers: request.headers, body: JSON.parse(text) as Asked['body'] };
      if (request.url?.split('?')[0] !== '/v1/messages') {
        response.writeHead(404).end();
        return;
      }
      asked.push(one);
      answer(response, one, asked.length, reply(one, asked.length));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function answer(response: ServerResponse, { body }: Asked, number: number, reply: Reply): void {
  if (reply === 'silent') return;
  if ('status' in reply) {
    const { status, headers = {}, message = 'as told' } = reply;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ type: 'error', error: { type: TYPES[status] ?? 'api_error', message } }));
    return;
  }
  const blocks = 'blocks' in reply ? reply.blocks : reply;
  const stop = 'stop' in reply ? reply.stop : blocks.some((block) => 'tool' in block) ? 'tool_use' : 'end_turn';
  const events = eventsOf(blocks, stop, body.model, number);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': `req_${number}` });
  const cut = 'cutAfter' in reply ? reply.cutAfter : 'silentAfter' in reply ? reply.silentAfter : events.length;
  for (const event of events.slice(0, cut)) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  if ('cutAfter' in reply) setTimeout(() => response.destroy(), 20);
  else if (!('silentAfter' in reply)) response.end();
}

const TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

function eventsOf(
  blocks: readonly Block[],
  stop: string,
  model: string,
  number: number,
): readonly { readonly type: string }[] {
  const usage = { input_tokens: 1000, output_tokens: 1, cache_creation_input_tokens: 0, cache_read_input_tokens: 200 };
  const message = { id: `msg_${number}`, type: 'message', role: 'assistant', model, content: [], usage };
  return [
    { type: 'message_start', message: { ...message, stop_reason: null, stop_sequence: null } },
    ...blocks.flatMap((block, index) => blockEvents(block, index, number)),
    { type: 'message_delta', delta: { stop_reason: stop, stop_sequence: null }, usage: { output_tokens: 100 } },
    { type: 'message_stop' },
  ] as readonly { readonly type: string }[];
}

function blockEvents(block: Block, index: number, number: number): readonly object[] {
  const start = (content_block: object): object => ({ type: 'content_block_start', index, content_block });
  const delta = (change: object): object => ({ type: 'content_block_delta', index, delta: change });
  const stop = { type: 'content_block_stop', index };
  if ('text' in block) {
    const words = block.text.split(/(?<= )/);
    return [start({ type: 'text', text: '' }), ...words.map((text) => delta({ type: 'text_delta', text })), stop];
  }
  const { tool: name, input } = block;
  const json = typeof input === 'string' ? input : JSON.stringify(input);
  const halves = [json.slice(0, json.length >> 1), json.slice(json.length >> 1)];
  return [
    start({ type: 'tool_use', id: `toolu_${number}_${index}`, name, input: {} }),
    ...halves.map((partial_json) => delta({ type: 'input_json_delta', partial_json })),
    stop,
  ];
}
