import { createHash } from 'node:crypto';
import { locatePlace } from '../../document/position.ts';
import type { SimEvent } from '../../simulate/event.ts';
import { type PlayedRun, titleOf } from './simulate-result.ts';
import { sentenceOf } from './simulate-sentence.ts';

/** The version of OpenTelemetry's semantic conventions whose names for GenAI are used. */
export const SEMANTIC_CONVENTIONS = '1.41.0';

/** The moment at which every request comes in, as the clock of a run begins at nothing: 2026-01-01, nine o'clock. Milliseconds. */
const NINE = Date.UTC(2026, 0, 1, 9);

/**
 * Runs as OTLP traces in JSON, one request of the protocol: an agent's task is a span, a call of a tool one below it, and
 * what else happens is an event of the span. The ids come from the run, so that the same run gives the same bytes.
 */
export function simulateOtlp(played: readonly PlayedRun[]): string {
  return `${JSON.stringify({ resourceSpans: played.map((run, number) => resourceSpansOf(run, number)) })}\n`;
}

type Value = string | number | boolean;

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  endTimeUnixNano: string;
  readonly attributes: object[];
  readonly events: object[];
  status: { readonly code: number; readonly message?: string };
}

/** SPAN_KIND_INTERNAL: all that happens does so inside of one program. */
const INTERNAL = 1;

const STATUS = { ok: 1, error: 2 } as const;

function resourceSpansOf(played: PlayedRun, number: number): object {
  const { world } = played;
  const resource = {
    'service.name': 'teamc',
    'teamc.team': world.team.name,
    'teamc.target': world.rules.target,
    'teamc.request': world.scenario.request.text,
    'teamc.name': titleOf(played),
  };
  return {
    resource: { attributes: attributesOf(resource) },
    scopeSpans: [{ scope: { name: 'teamc.simulate' }, spans: new Trace(played, number).spans }],
    schemaUrl: `https://opentelemetry.io/schemas/${SEMANTIC_CONVENTIONS}`,
  };
}

/** The spans of a run: one for the whole, one for each time that somebody has a task, one for each call. */
class Trace {
  readonly spans: Span[] = [];
  readonly #played: PlayedRun;
  readonly #traceId: string;
  readonly #provider: string;
  readonly #parents: ReadonlyMap<string, string>;
  /** The span of whoever has a task now. */
  readonly #holders = new Map<string, Span>();

  constructor(played: PlayedRun, number: number) {
    const { world, run } = played;
    this.#played = played;
    this.#traceId = digest(
      JSON.stringify([number, world.team.name, world.rules.target, played.path, run.events]),
    ).slice(0, 32);
    this.#provider = world.turns ? 'anthropic' : 'teamc';
    const tasks = [...run.state.tasks];
    this.#parents = new Map(tasks.flatMap(({ key, parent }) => (parent === -1 ? [] : [[key, tasks[parent]!.key]])));
    const whole = this.#open('', `invoke_workflow ${world.team.name}`, 0, undefined, {
      'gen_ai.operation.name': 'invoke_workflow',
      'gen_ai.workflow.name': world.team.name,
    });
    for (const event of run.events) this.#add(event, whole);
    this.#close(whole, run.events.at(-1)?.t ?? 0);
    whole.status = this.#statusOfRun();
  }

  #statusOfRun(): Span['status'] {
    const { over } = this.#played.run;
    if (over.kind === 'failed') return { code: STATUS.error, message: 'the request failed' };
    if (over.kind === 'limit') return { code: STATUS.error, message: `stopped by the limit ${over.limit}` };
    return { code: STATUS.ok };
  }

  #add(event: SimEvent, whole: Span): void {
    const known = this.#holders.get(event.task);
    const begins = event.type === 'requested' || event.type === 'delegated' || !known;
    const span = begins ? this.#hold(event, whole) : known;
    const isCall =
      event.tool !== undefined && event.tool !== 'delegate' && (event.type === 'called' || event.type === 'refused');
    if (isCall) this.#call(event, span);
    else span.events.push(this.#eventOf(event));
    this.#close(span, event.t);
    for (let above = this.#above(event.task); above; above = this.#above(above.task)) this.#close(above.span, event.t);
    if (!event.end) return;
    span.status =
      event.end === 'failed'
        ? { code: STATUS.error, ...(event.because === undefined ? {} : { message: event.because }) }
        : { code: STATUS.ok };
    if (event.end === 'failed') span.attributes.push(...attributesOf({ 'error.type': event.class ?? 'failed' }));
  }

  #above(task: string): { readonly task: string; readonly span: Span } | undefined {
    for (let key = this.#parents.get(task); key !== undefined; key = this.#parents.get(key)) {
      const span = this.#holders.get(key);
      if (span) return { task: key, span };
    }
    return undefined;
  }

  /** Somebody has a task from now on. */
  #hold(event: SimEvent, whole: Span): Span {
    const role = event.role ?? 'user';
    const above = this.#above(event.task)?.span ?? whole;
    const span = this.#open(`${event.task} ${this.spans.length}`, `invoke_agent ${role}`, event.t, above, {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.provider.name': this.#provider,
      'gen_ai.agent.id': role,
      'gen_ai.agent.name': this.#played.world.team.roles.get(role)?.fields.name ?? role,
      'gen_ai.conversation.id': this.#traceId,
      'teamc.task': event.task,
    });
    this.#holders.set(event.task, span);
    return span;
  }

  #call(event: SimEvent, above: Span): void {
    const { tool = '', argument = '', type } = event;
    const span = this.#open(`call ${this.spans.length}`, `execute_tool ${tool}`, event.t, above, {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': tool,
      'gen_ai.tool.type': 'function',
      'gen_ai.tool.call.arguments': argument,
      ...(type === 'refused' ? { 'error.type': 'refused' } : {}),
      ...this.#detailsOf(event),
    });
    this.#close(span, event.t);
    span.status =
      type === 'refused' ? { code: STATUS.error, message: event.because ?? 'refused' } : { code: STATUS.ok };
  }

  #eventOf(event: SimEvent): object {
    const { type, by, to, text, class: failure, step, gate } = event;
    return {
      name: `teamc.${type}`,
      timeUnixNano: nanoseconds(event.t),
      attributes: attributesOf({
        'teamc.what': sentenceOf(event).what,
        ...(by === undefined ? {} : { 'teamc.by': by }),
        ...(to === undefined ? {} : { 'teamc.to': to }),
        ...(text === undefined ? {} : { 'teamc.text': text }),
        ...(failure === undefined ? {} : { 'teamc.class': failure }),
        ...(step === undefined ? {} : { 'teamc.step': step }),
        ...(gate === undefined ? {} : { 'teamc.gate': gate }),
        ...this.#detailsOf(event),
      }),
    };
  }

  /** What was decided and why, and the place that says so. */
  #detailsOf({ decision, held, because, at, taint }: SimEvent): Readonly<Record<string, Value>> {
    const { documents } = this.#played;
    const place = at && documents.has(at.file) ? locatePlace(at, documents) : undefined;
    return {
      ...(decision === undefined ? {} : { 'teamc.decision': decision }),
      ...(held === undefined ? {} : { 'teamc.held': held }),
      ...(because === undefined ? {} : { 'teamc.because': because }),
      ...(taint === undefined ? {} : { 'teamc.taint': taint.join('; ') }),
      ...(place
        ? { 'code.file.path': place.file, 'code.line.number': place.line, 'code.column.number': place.column }
        : {}),
    };
  }

  #open(
    key: string,
    name: string,
    t: number,
    above: Span | undefined,
    attributes: Readonly<Record<string, Value>>,
  ): Span {
    const span: Span = {
      traceId: this.#traceId,
      spanId: digest(`${this.#traceId} ${key}`).slice(0, 16),
      ...(above ? { parentSpanId: above.spanId } : {}),
      name,
      kind: INTERNAL,
      startTimeUnixNano: nanoseconds(t),
      endTimeUnixNano: nanoseconds(t),
      attributes: attributesOf(attributes),
      events: [],
      status: { code: 0 },
    };
    this.spans.push(span);
    return span;
  }

  #close(span: Span, t: number): void {
    span.endTimeUnixNano = nanoseconds(t);
  }
}

/** A moment of a run, as the protocol writes 64-bit numbers in JSON: as text. */
function nanoseconds(t: number): string {
  return String(BigInt(Math.round(NINE + t)) * 1_000_000n);
}

function attributesOf(values: Readonly<Record<string, Value>>): object[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: typed(value) }));
}

/** A value with its type; half a character, which no other program takes, shows as a sign. */
function typed(value: Value): object {
  if (typeof value === 'boolean') return { boolValue: value };
  return typeof value === 'number' ? { intValue: String(value) } : { stringValue: value.replace(/\p{Cs}/gu, '\ufffd') };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
