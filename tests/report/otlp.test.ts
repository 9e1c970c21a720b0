import root from '@opentelemetry/otlp-transformer/build/src/generated/root.js';
import * as conventions from '@opentelemetry/semantic-conventions/incubating';
import { describe, expect, test } from 'vitest';
import { SEMANTIC_CONVENTIONS } from '../../src/report/simulate/simulate-otlp.ts';
import { project, teamc } from '../cli/project.ts';

interface Message {
  fromObject(value: object): object;
  verify(value: object): string | null;
  encode(value: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
  toObject(value: object, options: object): unknown;
}

interface Definition {
  readonly opentelemetry: {
    readonly proto: { readonly collector: { readonly trace: { readonly v1: { ExportTraceServiceRequest: Message } } } };
  };
}

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: string };
}

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
  readonly events: readonly { readonly name: string; readonly attributes: readonly Attribute[] }[];
  readonly status: { readonly code: number; readonly message?: string };
}

interface Request {
  readonly resourceSpans: readonly {
    readonly schemaUrl: string;
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

/** The protocol's own definition, compiled from its .proto files by the OpenTelemetry project. */
const REQUEST = (root as unknown as Definition).opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;

const TEAM = `teamc: 1
name: shop
entry: lead
roles:
  lead: { name: The Lead, tools: [read], delegates-to: { role: dev, gate: check } }
  dev:
    tools: [shell]
    permissions: { shell: [allow: "npm *", { deny: "rm *", because: not ours }] }
    escalates-to: lead
`;

const SCENARIO = `teamc: 1
name: Good and bad
request: Build it
tasks:
  good: { do: Build, to: dev, calls: { shell: npm test } }
  bad: { do: Tidy, to: dev, calls: { shell: rm -r a } }
`;

async function traces(argv: readonly string[]): Promise<{ readonly text: string; readonly request: Request }> {
  const folder = project({ 'team.yaml': TEAM, 'scenarios/good.yaml': SCENARIO });
  const { stdout, stderr } = await teamc(folder, ['simulate', ...argv, '--format', 'otlp']);
  expect(stderr).toBe('');
  return { text: stdout, request: JSON.parse(stdout) as Request };
}

/** The same with ids as the binary form has them: in JSON they are hexadecimal, and elsewhere bytes are base 64. */
function inBinary(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inBinary);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      /^(?:traceId|spanId|parentSpanId)$/.test(key)
        ? Buffer.from(inner as string, 'hex').toString('base64')
        : inBinary(inner),
    ]),
  );
}

const said = (span: Pick<Span, 'attributes'>, key: string): string | undefined => {
  const value = span.attributes.find((each) => each.key === key)?.value;
  return value?.stringValue ?? value?.intValue;
};

describe.each([
  ['a request', ['.', 'Build it']],
  ['a scenario', ['scenarios/good.yaml']],
  ['a run by chance on a target', ['scenarios/good.yaml', '--seed', '3', '--target', 'opencode']],
  ['several scenarios', ['scenarios/good.yaml', 'scenarios/good.yaml']],
])('%s', (_, argv) => {
  test('is a request of the protocol, in which nothing is unknown to it', async () => {
    const { request } = await traces(argv);
    const plain = inBinary(request) as object;
    const message = REQUEST.fromObject(plain);
    expect(REQUEST.verify(message)).toBeNull();
    const back = REQUEST.decode(REQUEST.encode(message).finish());
    const options = { longs: String, bytes: String, arrays: false };
    expect(REQUEST.toObject(back, options)).toEqual(withoutEmpty(plain));
  });

  test('names what it tells as the conventions for GenAI do', async () => {
    const { request } = await traces(argv);
    const known = new Set(Object.values(conventions as Readonly<Record<string, unknown>>));
    const spans = request.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
    const keys = new Set(
      spans.flatMap(({ attributes, events }) =>
        [...attributes, ...events.flatMap((event) => event.attributes)].map(({ key }) => key),
      ),
    );
    expect([...keys].filter((key) => !key.startsWith('teamc.') && !known.has(key))).toEqual([]);
    for (const span of spans) {
      const operation = said(span, 'gen_ai.operation.name')!;
      expect(known.has(operation)).toBe(true);
      const subject =
        said(span, 'gen_ai.tool.name') ?? said(span, 'gen_ai.agent.id') ?? said(span, 'gen_ai.workflow.name');
      expect(span.name).toBe(`${operation} ${subject}`);
    }
    expect(request.resourceSpans[0]!.schemaUrl).toBe(`https://opentelemetry.io/schemas/${SEMANTIC_CONVENTIONS}`);
  });

  test('is a tree of spans, each inside of the one above it', async () => {
    const { request } = await traces(argv);
    for (const { scopeSpans } of request.resourceSpans) {
      const { spans } = scopeSpans[0]!;
      const byId = new Map(spans.map((span) => [span.spanId, span]));
      expect(byId.size).toBe(spans.length);
      expect(spans.filter(({ parentSpanId }) => parentSpanId === undefined).length).toBe(1);
      expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
      for (const span of spans) {
        expect(`${span.traceId} ${span.spanId}`).toMatch(/^[0-9a-f]{32} [0-9a-f]{16}$/);
        expect(BigInt(span.startTimeUnixNano)).toBeLessThanOrEqual(BigInt(span.endTimeUnixNano));
        const above = span.parentSpanId === undefined ? span : byId.get(span.parentSpanId)!;
        expect(BigInt(above.startTimeUnixNano)).toBeLessThanOrEqual(BigInt(span.startTimeUnixNano));
        expect(BigInt(above.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(span.endTimeUnixNano));
      }
    }
    expect(new Set(request.resourceSpans.map(({ scopeSpans }) => scopeSpans[0]!.spans[0]!.traceId)).size).toBe(
      request.resourceSpans.length,
    );
  });

  test('gives the same bytes each time', async () => {
    expect((await traces(argv)).text).toBe((await traces(argv)).text);
  });
});

/** Empty lists and zeros are what the binary form leaves out. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([, inner]) => !(Array.isArray(inner) && inner.length === 0) && inner !== 0,
  );
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutEmpty(inner)]));
}

test('calls are spans below the role that makes them, with the decision and the rule', async () => {
  const { request } = await traces(['scenarios/good.yaml']);
  const { spans } = request.resourceSpans[0]!.scopeSpans[0]!;
  const nameOf = (id: string | undefined): string => spans.find(({ spanId }) => spanId === id)?.name ?? '';
  const told = spans.map((span) =>
    `${nameOf(span.parentSpanId)} > ${span.name} ${span.status.code} ${said(span, 'error.type') ?? ''}`.trim(),
  );
  expect(told).toEqual([
    '> invoke_workflow shop 1',
    'invoke_workflow shop > invoke_agent lead 1',
    'invoke_agent lead > invoke_agent dev 1',
    'invoke_agent lead > invoke_agent dev 1',
    'invoke_agent dev > execute_tool shell 1',
    'invoke_agent dev > execute_tool shell 2 refused',
    'invoke_agent dev > execute_tool shell 2 refused',
  ]);
  const refused = spans.find((span) => said(span, 'error.type') === 'refused')!;
  expect(said(refused, 'teamc.because')).toBe('the rule deny "rm *": not ours');
  expect([said(refused, 'code.file.path'), said(refused, 'code.line.number')]).toEqual(['team.yaml', '8']);
});
