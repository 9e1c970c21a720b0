import { Console } from 'node:console';
import type { Anthropic } from '@anthropic-ai/sdk';
import type { LiveOptions } from './options.ts';
import type { Usage } from './prices.ts';

/** What kept the service from an answer: who stopped it, and a sentence for people. */
export interface Trouble {
  readonly kind: 'interrupted' | 'service';
  readonly because: string;
}

/** How often an answer that broke off on the way is asked for again. Before its first word the SDK tries again itself. */
const AGAIN = 2;

type MessageStream = ReturnType<Anthropic['messages']['stream']>;

type Sdk = typeof import('@anthropic-ai/sdk');

/** One door to the Messages API: it waits, tries again, and never throws. */
export class LiveApi {
  readonly #options: LiveOptions;
  readonly #wasted: Usage[] = [];
  #loaded: Promise<{ readonly sdk: Sdk; readonly client: Anthropic }> | undefined;

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  /** Asks once, and hands on the text while it comes. */
  async ask(
    body: Anthropic.MessageCreateParamsNonStreaming,
    hearing: (text: string) => void,
  ): Promise<Anthropic.Message | Trouble> {
    this.#loaded ??= this.#load();
    const { sdk, client } = await this.#loaded;
    for (let left = AGAIN; ; left--) {
      const found = await this.#once(sdk, client, body, hearing);
      if (!('again' in found)) return found;
      if (left === 0) return { kind: 'service', because: found.again };
    }
  }

  /** What answers took that broke off since this was last asked. */
  wasted(): readonly Usage[] {
    return this.#wasted.splice(0);
  }

  async #load(): Promise<{ readonly sdk: Sdk; readonly client: Anthropic }> {
    const sdk = await import('@anthropic-ai/sdk');
    const { key, baseUrl, patience } = this.#options;
    const client = new sdk.Anthropic({
      apiKey: key,
      authToken: null,
      baseURL: baseUrl ?? 'https://api.anthropic.com',
      timeout: patience,
      maxRetries: 2,
      logLevel: 'off',
      logger: new Console(process.stderr),
      openTelemetry: false,
    });
    return { sdk, client };
  }

  async #once(
    sdk: Sdk,
    client: Anthropic,
    body: Anthropic.MessageCreateParamsNonStreaming,
    hearing: (text: string) => void,
  ): Promise<Anthropic.Message | Trouble | { readonly again: string }> {
    const { signal, patience } = this.#options;
    const idle = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const awake = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => idle.abort(), patience);
    };
    let stream: MessageStream | undefined;
    try {
      stream = client.messages.stream(body, { signal: AbortSignal.any([signal, idle.signal]) });
      stream.on('connect', awake);
      stream.on('streamEvent', awake);
      stream.on('text', hearing);
      return await stream.finalMessage();
    } catch (error) {
      if (stream?.currentMessage) this.#wasted.push(stream.currentMessage.usage);
      if (signal.aborted) return { kind: 'interrupted', because: 'The run was interrupted.' };
      if (idle.signal.aborted) return { again: silence(patience) };
      return this.#troubleOf(sdk, error, body.model);
    } finally {
      clearTimeout(timer);
    }
  }

  #troubleOf(sdk: Sdk, error: unknown, model: string): Trouble | { readonly again: string } {
    const service = (because: string): Trouble => ({ kind: 'service', because });
    const url = this.#options.baseUrl ?? 'https://api.anthropic.com';
    if (error instanceof sdk.APIConnectionTimeoutError) return service(silence(this.#options.patience));
    if (error instanceof sdk.APIConnectionError) return service(`There is no connection to ${url}: ${rootOf(error)}.`);
    if (!(error instanceof sdk.APIError) || error.status === undefined) return { again: brokenOff(error) };
    const said = error.apiMessage === null ? '' : `: ${error.apiMessage}`;
    switch (error.status) {
      case 401:
      case 403:
        return service(`The service does not take the key (${error.status})${said}.`);
      case 404:
        return service(`The service does not know the model "${model}" (404)${said}.`);
      case 429:
        return service(`The service has had too many requests from you (429)${said}.`);
      case 529:
        return service(`The service is overloaded (529)${said}.`);
      default:
        return service(`The service can't answer (${error.status})${said}.`);
    }
  }
}

function brokenOff(error: unknown): string {
  const said = messageOf(error);
  return /\bJSON\b/.test(said)
    ? 'The model calls a tool in JSON that can not be read.'
    : `The answer broke off: ${said}.`;
}

function silence(patience: number): string {
  return `The service did not answer within ${patience / 1000} seconds.`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\.?\s*$/, '').split('\n', 1)[0]! : String(error);
}

/** What lies under a failed connection: the innermost cause says most. */
function rootOf(error: unknown): string {
  let found = error;
  while (found instanceof Error && found.cause instanceof Error) found = found.cause;
  const { code } = found as { readonly code?: unknown };
  return typeof code === 'string' ? `${messageOf(found)} (${code})` : messageOf(found);
}
