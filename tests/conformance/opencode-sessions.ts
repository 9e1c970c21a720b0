import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Decision } from '../../src/pattern/policy.ts';
import { Opencode } from './opencode-client.ts';
import { type ChatRequest, type Model, model, type NamedToolCall, type ToolCall } from './opencode-model.ts';
import { sandbox } from './scratch.ts';

/** What an agent does when it runs: its calls, then the agents that it starts. */
export interface Plan {
  readonly agent: string;
  readonly calls: readonly ToolCall[];
  readonly below?: readonly Plan[];
  /** One call after the other; else all at once. A question that gets a no takes all open ones of its session along. */
  readonly apart?: boolean;
}

/** A permission that was asked for, with all that the call needs of it. */
export interface Asked {
  readonly permission: string;
  readonly patterns: readonly string[];
}

/** A call, who made it and how deep below the main thread, and what the client did with it. */
export interface Answered {
  readonly agent: string;
  readonly depth: number;
  readonly call: ToolCall;
  readonly decision: Decision;
  /** What the model was told. */
  readonly said: string;
  readonly asked: readonly Asked[];
}

/** What a session is played with besides its plan. */
export interface Options {
  /** What the person says yes to: permissions. Leaving the project is always one of them. */
  readonly yes?: readonly string[];
  /** The agents that the person names with an @. */
  readonly named?: readonly string[];
}

interface Step {
  readonly plan: Plan;
  readonly place: number;
  readonly depth: number;
}

/** A tool's part of a message. */
interface ToolPart {
  readonly type: string;
  readonly callID: string;
  readonly state: { readonly status: string; readonly output?: string; readonly error?: string };
}

interface PermissionEvent {
  readonly directory?: string;
  readonly payload?: {
    readonly type: string;
    readonly properties: Asked & { readonly id: string; readonly tool?: { readonly callID: string } };
  };
}

/** The real opencode with a scripted model and a person before it. Its tools really run, on stand-ins. */
export class OpencodeSessions {
  readonly opencode: Opencode;
  /** The folder with the stand-ins. */
  readonly programs: string;
  readonly #model: Model;
  readonly #steps: Step[] = [];
  readonly #asked = new Map<string, Asked[]>();
  readonly #yes = new Map<string, readonly string[]>();
  readonly #listening = new AbortController();

  private constructor(opencode: Opencode, programs: string, scripted: Model) {
    this.opencode = opencode;
    this.programs = programs;
    this.#model = scripted;
  }

  static async begin(): Promise<OpencodeSessions> {
    let sessions: OpencodeSessions | undefined;
    const scripted = await model((request) => sessions!.#replyTo(request));
    const environment = sandbox();
    const programs = environment['PATH']!.split(':')[0]!;
    writeFileSync(join(programs, 'git'), GIT);
    chmodSync(join(programs, 'git'), 0o755);
    // A login shell begins with a path of its own.
    const own = environment['PATH']!;
    for (const name of ['.bash_profile', '.profile'])
      writeFileSync(join(environment['HOME']!, name), `PATH='${own}'\n`);
    const opencode = new Opencode({ ...environment, OPENCODE_CONFIG_CONTENT: configFor(scripted) });
    sessions = new OpencodeSessions(opencode, programs, scripted);
    await sessions.#listen();
    return sessions;
  }

  /** Lets the scripted model carry out a plan, and tells what became of each call that was made. */
  async play(project: string, plan: Plan, { yes = [], named = [] }: Options = {}): Promise<readonly Answered[]> {
    const steps = this.#stepsOf(plan);
    for (const { place } of steps) this.#yes.set(String(place), ['external_directory', ...yes]);
    const session = (await this.#post('/session', project, {})) as { readonly id: string };
    const text = { type: 'text', text: beginAt(steps[0]!.place) };
    const parts = [text, ...named.map((name) => ({ type: 'agent', name }))];
    await this.#post(`/session/${session.id}/message`, project, { agent: plan.agent, parts });
    const told = new Map<string, ToolPart['state']>();
    await this.#collect(session.id, project, told);
    return steps.flatMap(({ plan: { agent, calls, below = [] }, place, depth }) =>
      [...calls, ...below.map(({ agent: name }) => start(name))].flatMap((call, index): readonly Answered[] => {
        const id = idOf(place, index);
        const state = told.get(id);
        if (!state) return [];
        const asked = this.#asked.get(id) ?? [];
        return [{ agent, depth, call, asked, ...outcome(id, state, asked.length > 0) }];
      }),
    );
  }

  /** Plays a plan where nobody can be asked; all that the client says. */
  async once(project: string, plan: Plan): Promise<string> {
    const [first] = this.#stepsOf(plan);
    return await this.opencode.once(project, plan.agent, beginAt(first!.place));
  }

  async end(): Promise<void> {
    this.#listening.abort();
    await this.opencode.stop();
    this.#model.server.closeAllConnections();
    this.#model.server.close();
  }

  /** All agents of a plan, the main thread first; each gets a place of its own among all sessions. */
  #stepsOf(plan: Plan): readonly Step[] {
    const first = this.#steps.length;
    const add = (one: Plan, depth: number): void => {
      this.#steps.push({ plan: one, place: this.#steps.length, depth });
      for (const next of one.below ?? []) add(next, depth + 1);
    };
    add(plan, 0);
    return this.#steps.slice(first);
  }

  #replyTo({ messages }: ChatRequest): readonly NamedToolCall[] {
    const told = (role: string): string => JSON.stringify(messages.filter((message) => message.role === role));
    const place = /Begin at place (\d+)\./.exec(told('user'))?.[1];
    if (place === undefined || told('system').includes('title generator')) return [];
    const { plan } = this.#steps[Number(place)]!;
    const turns = messages.filter(({ role }) => role === 'assistant').length;
    const agents = (plan.below ?? []).map((next) => {
      return start(next.agent, beginAt(this.#steps.findLast((step) => step.plan === next)!.place));
    });
    const calls = [...plan.calls, ...agents].map((call, at) => ({ ...call, id: idOf(Number(place), at) }));
    return plan.apart ? calls.slice(turns, turns + 1) : turns === 0 ? calls : [];
  }

  /** Reads what happens, and answers each question as its session says. */
  async #listen(): Promise<void> {
    const { signal } = this.#listening;
    const { body } = await fetch(`${await this.opencode.url()}/global/event`, { signal });
    const read = async (): Promise<void> => {
      let text = '';
      const decoder = new TextDecoder();
      for await (const bytes of body!) {
        text += decoder.decode(bytes as Uint8Array, { stream: true });
        const lines = text.split('\n\n');
        text = lines.pop()!;
        for (const line of lines) this.#hear(JSON.parse(line.replace(/^data: /, '')) as PermissionEvent);
      }
    };
    read().catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }

  #hear({ directory, payload }: PermissionEvent): void {
    if (payload?.type !== 'permission.asked') return;
    const { id, permission, patterns, tool } = payload.properties;
    const call = tool?.callID ?? '';
    this.#asked.set(call, [...(this.#asked.get(call) ?? []), { permission, patterns }]);
    const yes = this.#yes.get(call.split('_')[1]!)?.includes(permission) ?? false;
    const reply = yes ? { reply: 'once' } : { reply: 'reject', message: 'A person said no.' };
    void this.#send(`/permission/${id}/reply`, directory!, reply).catch(() => undefined);
  }

  /** Every part of a tool in a session and in those below it. */
  async #collect(session: string, project: string, told: Map<string, ToolPart['state']>): Promise<void> {
    const messages = await this.#get<{ readonly parts: readonly ToolPart[] }>(`/session/${session}/message`, project);
    for (const { type, callID, state } of messages.flatMap(({ parts }) => parts))
      if (type === 'tool') told.set(callID, state);
    for (const { id } of await this.#get<{ readonly id: string }>(`/session/${session}/children`, project))
      await this.#collect(id, project, told);
  }

  async #get<T>(path: string, project: string): Promise<readonly T[]> {
    return (await (await fetch(await this.#at(path, project))).json()) as readonly T[];
  }

  async #post(path: string, project: string, body: object): Promise<unknown> {
    const response = await this.#send(path, project, body);
    if (!response.ok) throw new Error(`opencode answers ${response.status} to ${path}: ${await response.text()}`);
    return response.json();
  }

  /** A question that went with another one has gone already. */
  async #send(path: string, project: string, body: object): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    return await fetch(await this.#at(path, project), { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async #at(path: string, project: string): Promise<string> {
    return `${await this.opencode.url()}${path}?directory=${encodeURIComponent(project)}`;
  }
}

/** What it asks git about a repository is answered; all else is as inert as other stand-ins. */
const GIT = `#!/bin/sh
case "$1" in rev-parse | rev-list) PATH="\${PATH#*:}" exec git "$@" ;; esac
echo stand-in git "$@"
`;

function configFor({ url }: Model): string {
  const options = { baseURL: url, apiKey: 'nobody' };
  const fake = { npm: '@ai-sdk/openai-compatible', name: 'Scripted', options, models: { one: { name: 'One' } } };
  const models = { model: 'fake/one', small_model: 'fake/one', enabled_providers: ['fake'] };
  return JSON.stringify({ provider: { fake }, ...models, snapshot: false, share: 'disabled' });
}

function beginAt(place: number): string {
  return `Begin at place ${place}.`;
}

function idOf(place: number, index: number): string {
  return `call_${place}_${index}`;
}

/** Starts an agent, with nothing to do unless it is told. */
export function start(subagent_type: string, prompt = 'Nothing.'): ToolCall {
  return { tool: 'task', input: { subagent_type, description: 'a task', prompt } };
}

export const bash = (command: string): ToolCall => ({ tool: 'bash', input: { command, description: 'a command' } });
export const read = (filePath: string): ToolCall => ({ tool: 'read', input: { filePath } });
export const write = (filePath: string): ToolCall => ({ tool: 'write', input: { filePath, content: 'text' } });
export const make = (filePath: string): ToolCall => {
  return { tool: 'edit', input: { filePath, oldString: '', newString: 'text' } };
};

/** How the client words a refusal. */
const REFUSED =
  /^(?:The user has specified a rule which prevents|Model tried to call unavailable tool|Subagent depth limit reached|Unknown agent type)/;

/** Errors that a tool had while it ran: it was let run. */
const RAN = /^(?:File not found|.*(?:ENOENT|EACCES|not found|No such file))/s;

function outcome(id: string, { status, output, error = '' }: ToolPart['state'], asked: boolean) {
  const passed: Decision = asked ? 'ask' : 'allow';
  if (status === 'completed') return { decision: passed, said: output ?? '' };
  if (error.startsWith('The user rejected permission')) return { decision: 'ask' as const, said: error };
  if (REFUSED.test(error)) return { decision: 'deny' as const, said: error };
  if (!RAN.test(error)) throw new Error(`The call ${id} was neither run nor refused: ${status} ${error}`);
  return { decision: passed, said: error };
}
