import { execFile, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { client, folder, sandbox } from './scratch.ts';

/** The version whose answers are asked for. */
export const CLAUDE_CODE = '2.1.328';

/** A block of a model's answer: text, or a call of a tool. */
export type Block =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool_use'; readonly name: string; readonly input: Readonly<Record<string, unknown>> };

/** A request as it reaches the model's API, as far as anything here looks at it. */
export interface ApiRequest {
  readonly model: string;
  readonly stream?: boolean;
  readonly system?: readonly { readonly text: string }[];
  readonly tools?: readonly { readonly name: string }[];
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
}

/** What stands in for a model: the answer to a request. */
export type Reply = (request: ApiRequest) => readonly Block[];

/** An agent as the client lists it when it starts. */
export interface ListedAgent {
  readonly name: string;
  readonly description: string;
  readonly model?: string;
}

const QUIET = {
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  DISABLE_AUTOUPDATER: '1',
  DISABLE_TELEMETRY: '1',
  DISABLE_ERROR_REPORTING: '1',
  CLAUDE_CODE_MAX_CONCURRENT_SUBAGENTS: '100',
};

const STREAMS = ['--input-format', 'stream-json', '--output-format', 'stream-json', '--verbose'];

/** The real Claude Code in an environment of its own, with a stand-in for the model behind it. */
export class ClaudeCode {
  readonly #program = client('@anthropic-ai/claude-code-linux-x64/claude');
  /** The guard that teamc emits is started with node; no call that is scripted here starts anything else. */
  readonly #environment: Readonly<Record<string, string>> = { ...sandbox(['node']), ...QUIET };

  async version(): Promise<string> {
    return (await this.#run(['--version'], folder('version'))).stdout.split(' ')[0]!;
  }

  /** Lets the client take folders as trusted: only then does it look at what their settings allow. */
  trust(projects: readonly string[]): void {
    const trusted = Object.fromEntries(projects.map((project) => [project, { hasTrustDialogAccepted: true }]));
    const home = this.#environment['HOME']!;
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, '.claude.json'), JSON.stringify({ projects: trusted }));
  }

  /** The agents that the client knows in a project: the project's and its own. */
  listed(project: string): Promise<readonly ListedAgent[]> {
    const listing = spawn(this.#program, ['-p', ...STREAMS], { cwd: project, env: this.#environment });
    let said = '';
    return new Promise((resolve, reject) => {
      listing.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const line = said.split('\n').find((one) => one.includes('"control_response"') && one.endsWith('}'));
        if (line === undefined || !said.includes(`${line}\n`)) return;
        listing.kill();
        resolve((JSON.parse(line) as InitializeAnswer).response.response.agents);
      });
      listing.on('error', reject);
      listing.on('exit', (code) => reject(new Error(`Claude Code ended with ${code}: ${said}`)));
      listing.stdin.write(`${JSON.stringify(INITIALIZE)}\n`);
    });
  }

  /** What the client's own checks say of a project. */
  async checks(project: string): Promise<{ readonly doctor: string; readonly valid: unknown }> {
    const { stdout: doctor } = await this.#run(['doctor'], project);
    const { stdout: valid } = await this.#run(['plugin', 'validate', '--strict', '--json', project], project);
    return { doctor: doctor.replaceAll(project, '<project>'), valid: JSON.parse(valid) };
  }

  /** Runs an agent as the main thread, and answers with the requests that reached the model. */
  async requests(project: string, agent: string, reply: Reply = () => [DONE]): Promise<readonly ApiRequest[]> {
    const { server, url, seen } = await model(reply);
    const api = { ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: 'sk-ant-nobody' };
    try {
      const args = ['-p', 'Begin.', '--agent', agent, '--output-format', 'stream-json', '--verbose'];
      await this.#run(args, project, api);
      return seen;
    } finally {
      server.close();
    }
  }

  /** The client ends with another code when it finds something; what it says is what counts. */
  async #run(
    args: readonly string[],
    cwd: string,
    extra: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly stdout: string }> {
    const running = promisify(execFile)(this.#program, args, {
      cwd,
      env: { ...this.#environment, ...extra },
      timeout: 60_000,
      maxBuffer: 50_000_000,
    });
    running.child.stdin?.end();
    return running.catch((error: { readonly stdout?: string; readonly code?: unknown }) => {
      if (typeof error.code === 'number' && error.stdout) return { stdout: error.stdout };
      throw error;
    });
  }
}

const INITIALIZE = { type: 'control_request', request_id: 'first', request: { subtype: 'initialize' } };

interface InitializeAnswer {
  readonly response: { readonly response: { readonly agents: readonly ListedAgent[] } };
}

const DONE: Block = { type: 'text', text: 'Done.' };

/** A server that answers as the model's API does, on this machine only. */
async function model(reply: Reply): Promise<{ server: Server; url: string; seen: ApiRequest[] }> {
  const seen: ApiRequest[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      const isMessage = request.method === 'POST' && request.url?.split('?')[0] === '/v1/messages';
      if (!isMessage) return response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
      const body = JSON.parse(text) as ApiRequest;
      seen.push(body);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const [type, data] of events(body, reply(body), seen.length))
        response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
      return response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

/** An answer as the events of a stream. */
function events(request: ApiRequest, blocks: readonly Block[], turn: number): readonly (readonly [string, object])[] {
  const calls = blocks.some(({ type }) => type === 'tool_use');
  const usage = { input_tokens: 1, output_tokens: 1, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
  const message = { id: `msg_${turn}`, type: 'message', role: 'assistant', model: request.model, content: [], usage };
  return [
    ['message_start', { message: { ...message, stop_reason: null, stop_sequence: null } }],
    ...blocks.flatMap((block, index) => eventsOf(block, index, `toolu_${turn}_${index}`)),
    ['message_delta', { delta: { stop_reason: calls ? 'tool_use' : 'end_turn', stop_sequence: null }, usage }],
    ['message_stop', {}],
  ];
}

function eventsOf(block: Block, index: number, id: string): readonly (readonly [string, object])[] {
  const [content_block, delta] =
    block.type === 'text'
      ? [
          { type: 'text', text: '' },
          { type: 'text_delta', text: block.text },
        ]
      : [
          { type: 'tool_use', id, name: block.name, input: {} },
          { type: 'input_json_delta', partial_json: JSON.stringify(block.input) },
        ];
  return [
    ['content_block_start', { index, content_block }],
    ['content_block_delta', { index, delta }],
    ['content_block_stop', { index }],
  ];
}
