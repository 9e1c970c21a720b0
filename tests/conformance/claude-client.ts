import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { client, folder, sandbox } from './scratch.ts';

/** The version whose answers are asked for. */
export const CLAUDE_CODE = '2.1.328';

/** A block of a model's answer: text, or a call of a tool. */
export type Block =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool_use'; readonly id?: string; readonly name: string; readonly input: ToolInput };

/** The arguments of a call of a tool. */
export type ToolInput = Readonly<Record<string, unknown>>;

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

/** What became of a session: the calls that a person was asked about and why, by their ids, and what reached the model. */
export interface Session {
  readonly asked: ReadonlyMap<string, string>;
  readonly requests: readonly ApiRequest[];
}

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

  /** Plays a session before a person who is asked and always says no: so nothing runs but what is allowed unasked. */
  async session(project: string, reply: Reply, { args = [], env = {} }: SessionOptions = {}): Promise<Session> {
    const { server, url, seen } = await model(reply);
    const api = { ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: 'sk-ant-nobody' };
    const running = spawn(this.#program, ['-p', ...STREAMS, '--permission-prompt-tool', 'stdio', ...args], {
      cwd: project,
      env: { ...this.#environment, ...api, ...env },
      timeout: 120_000,
    });
    try {
      return { asked: await answered(running), requests: seen };
    } finally {
      running.kill();
      server.close();
    }
  }

  /** The folder that the client takes for the person's home. */
  get home(): string {
    return this.#environment['HOME']!;
  }

  /** The folders in which the client looks for programs. */
  get path(): string {
    return this.#environment['PATH']!;
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

/** What a session is started with besides the usual. */
export interface SessionOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** What the client says on a line, as far as anything here listens. */
interface Said {
  readonly type: string;
  readonly request_id?: string;
  readonly request?: { readonly subtype: string; readonly tool_use_id: string; readonly decision_reason?: string };
}

/** What the person asks for: the main thread is the first place of a plan. */
const BEGIN = 'Begin at place 0.';

/** What the person says to every question. */
export const NO = 'A person was asked and said no.';

/** Begins a session and answers its questions until it ends; the calls that were asked about. */
async function answered(running: ChildProcessWithoutNullStreams): Promise<ReadonlyMap<string, string>> {
  const asked = new Map<string, string>();
  const send = (message: object): unknown => running.stdin.write(`${JSON.stringify(message)}\n`);
  const ended = once(running, 'exit');
  running.stderr.resume();
  send(INITIALIZE);
  send({ type: 'user', message: { role: 'user', content: BEGIN }, parent_tool_use_id: null, session_id: '' });
  for await (const line of createInterface(running.stdout)) {
    const { type, request_id, request } = JSON.parse(line) as Said;
    if (type === 'result') running.stdin.end();
    if (type !== 'control_request' || request?.subtype !== 'can_use_tool') continue;
    asked.set(request.tool_use_id, request.decision_reason ?? '');
    const response = { behavior: 'deny', message: NO };
    send({ type: 'control_response', response: { subtype: 'success', request_id, response } });
  }
  await ended;
  return asked;
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
          { type: 'tool_use', id: block.id ?? id, name: block.name, input: {} },
          { type: 'input_json_delta', partial_json: JSON.stringify(block.input) },
        ];
  return [
    ['content_block_start', { index, content_block }],
    ['content_block_delta', { index, delta }],
    ['content_block_stop', { index }],
  ];
}
