import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Decision } from '../../src/pattern/policy.ts';
import { client, folder, gitInit, rememberServer, sandbox } from './scratch.ts';

/** The version whose answers are asked for. */
export const OPENCODE = '1.18.34';

/** A rule as opencode holds it once everything is merged. */
export interface OracleRule {
  readonly permission: string;
  readonly pattern: string;
  readonly action: Decision;
}

/** What the binary's permission module is asked: rule lists and permission blocks, numbered through, and questions by number. */
export interface OracleQuestions {
  readonly lists: readonly (readonly OracleRule[])[];
  readonly configs: readonly PermissionBlock[];
  readonly questions: readonly (readonly [list: number, permission: string, argument: string])[];
  readonly disabled: readonly { readonly list: number; readonly tools: readonly string[] }[];
}

export interface OracleAnswers {
  readonly decisions: readonly Decision[];
  /** The permission blocks as rule lists. */
  readonly configs: readonly (readonly OracleRule[])[];
  /** The tools that a model does not even see. */
  readonly disabled: readonly (readonly string[])[];
}

/** A `permission` map as it stands in an agent's front matter; the order of its keys counts. */
export type PermissionBlock = Readonly<Record<string, Decision | Readonly<Record<string, Decision>>>>;

/** An agent as the server tells it. */
export interface LoadedAgent {
  readonly name: string;
  readonly description?: string;
  readonly mode: string;
  readonly native: boolean;
  readonly prompt?: string;
  readonly color?: string | null;
  readonly temperature?: number | null;
  readonly steps?: number | null;
  readonly model?: { readonly providerID: string; readonly modelID: string } | null;
  readonly options: Readonly<Record<string, unknown>>;
  readonly permission: readonly OracleRule[];
}

const QUIET = {
  npm_config_offline: 'true',
  OPENCODE_DISABLE_AUTOUPDATE: '1',
  OPENCODE_DISABLE_MODELS_FETCH: '1',
  OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
  OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
};

/** The real opencode in an environment of its own. */
export class Opencode {
  readonly #program = client('opencode-linux-x64/bin/opencode');
  readonly environment: Record<string, string>;
  #server: Promise<{ readonly process: ChildProcess; readonly url: string }> | undefined;

  /** It asks git where a repository begins; who lets its tools run gives an environment with a stand-in for git too. */
  constructor(environment = sandbox(['git'])) {
    this.environment = { ...environment, ...QUIET };
  }

  get home(): string {
    return this.environment['HOME']!;
  }

  async version(): Promise<string> {
    return (await this.#run(['--version'], this.home)).trim();
  }

  /** The effective agents of a project. */
  async agents(project: string): Promise<readonly LoadedAgent[]> {
    const response = await this.#ask('/agent', project);
    return (await response.json()) as readonly LoadedAgent[];
  }

  /** The resolved configuration of a project, the order of its keys aside. */
  async config(project: string): Promise<Readonly<Record<string, unknown>>> {
    return (await (await this.#ask('/config', project)).json()) as Readonly<Record<string, unknown>>;
  }

  /** Lets the binary's own permission module decide. */
  async decide(questions: OracleQuestions): Promise<OracleAnswers> {
    const project = folder('oracle');
    gitInit(project);
    const [given, answered] = [join(project, 'questions.json'), join(project, 'answers.json')];
    writeFileSync(given, JSON.stringify(questions));
    await this.#run(['debug', 'wait'], project, {
      ORACLE_IN: given,
      ORACLE_OUT: answered,
      OPENCODE_CONFIG_CONTENT: JSON.stringify({ plugin: [new URL('opencode-oracle.ts', import.meta.url).href] }),
    });
    return JSON.parse(readFileSync(answered, 'utf8')) as OracleAnswers;
  }

  /** Runs an agent once, without anybody before it; all that it says. */
  async once(project: string, agent: string, message: string): Promise<string> {
    const running = promisify(execFile)(this.#program, ['run', '--agent', agent, message], {
      cwd: project,
      env: this.environment,
      timeout: 60_000,
    });
    running.child.stdin?.end();
    const { stdout, stderr } = await running;
    return stdout + stderr;
  }

  /** Where its server listens; the first to ask starts it. */
  async url(): Promise<string> {
    this.#server ??= this.#serve();
    return (await this.#server).url;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    (await server)?.process.kill();
  }

  async #ask(path: string, project: string): Promise<Response> {
    const response = await fetch(`${await this.url()}${path}?directory=${encodeURIComponent(project)}`);
    if (!response.ok) throw new Error(`opencode answers ${response.status} for ${project}: ${await response.text()}`);
    return response;
  }

  #serve(): Promise<{ process: ChildProcess; url: string }> {
    const server = spawn(this.#program, ['serve', '--port', '0'], { cwd: this.home, env: this.environment });
    rememberServer(server.pid!);
    let said = '';
    return new Promise((resolve, reject) => {
      const listen = (chunk: Buffer): void => {
        said += chunk.toString();
        const url = /listening on (http:\/\/\S+)/.exec(said)?.[1];
        if (url !== undefined) resolve({ process: server, url });
      };
      server.stdout.on('data', listen);
      server.stderr.on('data', listen);
      server.on('error', reject);
      server.on('exit', (code) => reject(new Error(`opencode's server ended with ${code}: ${said}`)));
    });
  }

  async #run(args: readonly string[], cwd: string, extra: Readonly<Record<string, string>> = {}): Promise<string> {
    mkdirSync(cwd, { recursive: true });
    const env = { ...this.environment, ...extra };
    const { stdout } = await promisify(execFile)(this.#program, args, { cwd, env, timeout: 120_000 });
    return stdout;
  }
}
