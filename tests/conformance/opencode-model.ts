import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call of a tool, as a model writes it. */
export interface ToolCall {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A call with the name by which it is found again. */
export interface NamedToolCall extends ToolCall {
  readonly id: string;
}

/** What a model is sent, as far as anything here looks. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content?: unknown }[];
}

export interface Model {
  readonly server: Server;
  readonly url: string;
}

/** A server that answers as the API of OpenAI does, on this machine only: with the calls that it is given, or a word. */
export async function model(reply: (request: ChatRequest) => readonly NamedToolCall[]): Promise<Model> {
  let turn = 0;
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      const body = JSON.parse(text) as ChatRequest;
      turn += 1;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const choice of choicesOf(reply(body)))
        response.write(`data: ${JSON.stringify(chunk(`chat_${turn}`, body.model, choice))}\n\n`);
      response.end('data: [DONE]\n\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` };
}

interface Choice {
  readonly delta: object;
  readonly finish_reason: string | null;
}

function choicesOf(calls: readonly NamedToolCall[]): readonly Choice[] {
  if (calls.length === 0)
    return [
      { delta: { role: 'assistant', content: 'Done.' }, finish_reason: null },
      { delta: {}, finish_reason: 'stop' },
    ];
  return [
    { delta: { role: 'assistant', content: '' }, finish_reason: null },
    ...calls.map(({ id, tool, input }, index) => {
      const said = { index, id, type: 'function', function: { name: tool, arguments: JSON.stringify(input) } };
      return { delta: { tool_calls: [said] }, finish_reason: null };
    }),
    { delta: {}, finish_reason: 'tool_calls' },
  ];
}

function chunk(id: string, name: string, choice: Choice): object {
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
  const body = { id, object: 'chat.completion.chunk', created: 1, model: name, choices: [{ index: 0, ...choice }] };
  return choice.finish_reason === null ? body : { ...body, usage };
}
