import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { builtCommand, type Outcome, project, teamc } from '../../cli/project.ts';
import { type Asked, type Block, messagesApi, type Reply } from './messages-api.ts';

const TEAM = `teamc: 1
name: shop
entry: lead
models: { small: { claude-code: haiku, price: { input: 1, output: 5 } } }
roles:
  lead:
    description: Plans.
    tools: [read]
    delegates-to: { role: dev, keywords: login, gate: check }
    quality-gates: { check: [it works] }
    instructions: Plan with care.
  dev:
    description: Writes.
    model: small
    tools: [edit, shell]
    permissions: { shell: [ask: "*", allow: "npm *", { deny: "rm *", because: not ours }], edit: [allow: "src/**"] }
    instructions: Write with care.
  ops: { description: Runs it., tools: [shell], permissions: { shell: { allow: "*" } }, instructions: Run with care. }
`;

const KEY = 'sk-ant-not-a-real-key-4711';

const delegate = (to: string, task = 'Build the login'): Block => ({ tool: 'delegate', input: { to, task } });
const shell = (command: string): Block => ({ tool: 'shell', input: { command } });
const finish = (result: string): Block => ({ tool: 'finish', input: { result, outcome: 'done' } });
const pass = (task: string): Block => ({ tool: 'review', input: { task, verdict: 'pass', because: 'it works' } });

/** Which role is asked, by its prompt. */
function roleOf({ body }: Asked): 'lead' | 'dev' {
  return body.system[0]!.text.includes('Plan with care') ? 'lead' : 'dev';
}

/** Answers of each role, turn by turn. */
function script(turns: { readonly lead: readonly Reply[]; readonly dev: readonly Reply[] }): (asked: Asked) => Reply {
  const left = { lead: [...turns.lead], dev: [...turns.dev] };
  return (asked) => left[roleOf(asked)].shift() ?? [finish('There is nothing left to do.')];
}

const GOOD = {
  lead: [[{ text: 'The developer has it. ' }, delegate('dev')], [pass('dev')], [finish('The login is there.')]],
  dev: [
    [shell('npm test'), { tool: 'edit', input: { path: 'src/login.ts', content: 'x' } }],
    [shell('rm -rf /'), delegate('ops')],
    [finish('Built and tested.')],
  ],
} satisfies Record<'lead' | 'dev', readonly Reply[]>;

interface Live extends Outcome {
  readonly folder: string;
  readonly asked: readonly Asked[];
}

async function live(reply: (asked: Asked, number: number) => Reply, more: readonly string[] = []): Promise<Live> {
  const folder = project({ 'team.yaml': TEAM });
  const { url, asked } = await messagesApi(reply);
  const env = { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: url };
  const outcome = await teamc(folder, ['simulate', '.', 'Add a login', '--live', '--timeout', '2', ...more], { env });
  return { ...outcome, folder, asked };
}

/** The results of tools that a request carries: whether each is an error, and its text. */
function resultsIn({ body }: Asked): readonly string[] {
  const content = body.messages.at(-1)!.content as readonly {
    type: string;
    is_error?: boolean;
    content?: string;
    text?: string;
  }[];
  return content.map(({ type, is_error: wrong, content: said, text }) =>
    type === 'text' ? `text: ${text}` : `${wrong ? 'error' : 'result'}: ${said}`,
  );
}

/** The account of a run without its times and what it took. */
function told(stdout: string): readonly string[] {
  return stdout
    .split('\n')
    .filter((line) => /[├└]/.test(line) && !line.includes('because'))
    .map((line) => line.replace(/^\s*\d\S*\s+/, '').replace(/ after .*/, ''));
}

test('Claude decides for each role, with its prompt, and hears what the team refuses', async () => {
  const { code, stdout, stderr, asked } = await live(script(GOOD), ['--target', 'claude-code']);
  expect({ code, told: told(stdout) }).toEqual({
    code: 0,
    told: [
      '├─ dev gets a task from lead: Build the login',
      '│  ├─ ✓ calls shell `npm test`: allowed',
      '│  ├─ ✓ calls edit `src/login.ts`: allowed',
      '│  ├─ ✗ calls shell `rm -rf /`: denied',
      '│  ├─ ✗ may not hand work to ops',
      '│  ├─ ✓ passes the gate check, checked by lead',
      '│  └─ ✓ done',
      '└─ ✓ done',
    ],
  });
  expect(asked.map((one) => [one.body.model, roleOf(one), one.body.tools.map(({ name }) => name).join(' ')])).toEqual([
    ['claude-sonnet-5-5', 'lead', 'read delegate review escalate finish'],
    ['claude-haiku-5-5', 'dev', 'edit shell escalate finish'],
    ['claude-haiku-5-5', 'dev', 'edit shell escalate finish'],
    ['claude-haiku-5-5', 'dev', 'edit shell escalate finish'],
    ['claude-sonnet-5-5', 'lead', 'read delegate review escalate finish'],
    ['claude-sonnet-5-5', 'lead', 'read delegate review escalate finish'],
  ]);
  expect(asked.map(resultsIn)).toEqual([
    ['text: The request: Add a login'],
    ['text: lead hands you: Build the login\nYour result goes back to lead.'],
    ['result: It ran, and all went well.', 'result: Changed.'],
    [
      'error: Refused: the rule deny "rm *": not ours. (team.yaml:16:62)',
      'error: Refused: the role has no delegate. (team.yaml:15:12)',
    ],
    [
      'result: "dev" comes back from dev: Built and tested.\nIt stands before: check (it works). Look at it with `review`, task "dev".',
    ],
    ['result: "dev" is done by dev: Built and tested.'],
  ]);
  // 1000 tokens in, 200 from the cache and 100 out, three times at 1 and 5 dollars and three times at 3 and 15.
  expect(
    stderr,
  ).toBe(`teamc: asks claude-sonnet-5-5 and claude-haiku-5-5: about $0.078 for some 6 turns, going by a dry run; it stops at $1.00.
teamc:  $0.005  request: hands to dev: Build the login
teamc:  $0.006  dev: shell \`npm test\`; edit \`src/login.ts\`
teamc:  $0.008  dev: shell \`rm -rf /\`; hands to ops: Build the login
teamc:  $0.009  dev: done: Built and tested.
teamc:  $0.014  request: lets dev pass
teamc:  $0.018  request: done: The login is there.
`);
  expect(stdout).toContain(
    'Decided by Claude under the rules of claude-code; nothing is executed. Times are hours and minutes since the request.\n',
  );
  expect(stdout).toMatch(/^cost {8}\$0\.018, 8k tokens$/m);
});

test('each role has the prompt that the target emits', async () => {
  const folder = project({ 'team.yaml': TEAM });
  for (const [target, file] of [
    ['claude-code', '.claude/agents/dev.md'],
    ['opencode', '.opencode/agents/dev.md'],
    ['roo', '.roo/rules-dev/instructions.md'],
  ] as const) {
    const { asked } = await live(script({ lead: [[delegate('dev')]], dev: [] }), ['--target', target]);
    await teamc(folder, ['build', '.', '--target', target, '--out', target]);
    const emitted = readFileSync(join(folder, target, file), 'utf8').replace(/^---\n[\s\S]*?\n---\n/, '');
    const prompt = asked.find((one) => roleOf(one) === 'dev')!.body.system[0]!.text;
    expect(prompt.endsWith(emitted.trim())).toBe(true);
    if (target === 'roo') expect(prompt).toContain('You are dev. Writes.');
  }
});

test('the key is sent and nowhere kept', async () => {
  const { asked, stdout, stderr, folder } = await live(script(GOOD), ['--record', 'run.jsonl']);
  expect(new Set(asked.map(({ headers }) => headers.authorization ?? headers['x-api-key']))).toEqual(
    new Set([`Bearer ${KEY}`]),
  );
  expect(stdout + stderr + readFileSync(join(folder, 'run.jsonl'), 'utf8')).not.toContain(KEY);
});

const many = (reply: Reply): readonly Reply[] => Array.from({ length: 10 }, () => reply);
const done = [finish('Done.')];

/** What the service does, and what comes of it: the exit code, the last sentence, how often it was asked, and what it heard last. */
const WHIMS: readonly {
  readonly name: string;
  readonly replies: readonly Reply[];
  readonly code: number;
  readonly last: string;
  readonly times: number;
  readonly heard?: readonly string[];
}[] = [
  {
    name: 'too many requests, and the word when to come back',
    replies: [{ status: 429, headers: { 'retry-after': '1' } }, done],
    ...{ code: 0, last: '$0.005  request: done: Done.', times: 2 },
  },
  {
    name: 'an overload that passes',
    replies: [{ status: 529 }, done],
    ...{ code: 0, last: '$0.005  request: done: Done.', times: 2 },
  },
  {
    name: 'an overload that stays',
    replies: many({ status: 529 }),
    ...{ code: 2, last: 'The service is overloaded (529): as told.', times: 3 },
  },
  {
    name: 'too many requests for good',
    replies: many({ status: 429, headers: { 'retry-after': '0' } }),
    ...{ code: 2, last: 'The service has had too many requests from you (429): as told.', times: 3 },
  },
  {
    name: 'an answer that is cut off and comes whole when asked again, at the price of both',
    replies: [{ blocks: [{ text: 'I think ' }, finish('x')], cutAfter: 5 }, done],
    ...{ code: 0, last: '$0.008  request: done: Done.', times: 2 },
  },
  {
    name: 'answers that are always cut off',
    replies: many({ blocks: [finish('x')], cutAfter: 3 }),
    ...{ code: 2, last: 'The answer broke off: terminated.', times: 3 },
  },
  {
    name: 'an answer that stops in the middle and stays open',
    replies: [{ blocks: [{ text: 'I think ' }], silentAfter: 3 }, done],
    ...{ code: 0, last: '$0.008  request: done: Done.', times: 2 },
  },
  {
    name: 'the call of a tool that breaks off in the middle of its JSON',
    replies: [[{ tool: 'delegate', input: '{"to": "dev", "task": ' }], done],
    ...{ code: 0, last: '$0.009  request: done: Done.', times: 2 },
    heard: ['error: Refused: it does not say "task".'],
  },
  {
    name: 'the call of a tool whose input is no JSON',
    replies: many([{ tool: 'delegate', input: '{"to": "dev" "task" 3}}' }]),
    ...{ code: 2, last: 'The model calls a tool in JSON that can not be read.', times: 3 },
  },
  {
    name: 'calls of tools with input of another shape',
    replies: [
      [
        { tool: 'delegate', input: '[1,2]' },
        { tool: 'shell', input: { command: 7 } },
      ],
      done,
    ],
    ...{ code: 0, last: '$0.009  request: done: Done.', times: 2 },
    heard: ['error: Refused: it does not say "to".', 'error: Refused: its "command" is no text.'],
  },
  {
    name: 'the call of a tool that nobody has',
    replies: [[{ tool: 'launch', input: { what: 'rocket' } }], done],
    ...{ code: 0, last: '$0.009  request: done: Done.', times: 2 },
    heard: ['error: Refused: there is no tool "launch". (team.yaml:7:5)'],
  },
  {
    name: 'a model that declines',
    replies: [{ blocks: [{ text: 'I will not help with that.' }], stop: 'refusal' }],
    ...{ code: 0, last: '$0.005  request: I will not help with that.; declines', times: 1 },
  },
  {
    name: 'words that end at the limit of tokens',
    replies: [{ blocks: [{ text: 'I have so much to' }], stop: 'max_tokens' }, done],
    ...{ code: 0, last: '$0.009  request: done: Done.', times: 2 },
    heard: ['text: Your answer was cut off; go on, in fewer words.'],
  },
  {
    name: 'the call of a tool that ends at the limit of tokens',
    replies: [{ blocks: [{ tool: 'finish', input: '{"result": "Do' }], stop: 'max_tokens' }, done],
    ...{ code: 0, last: '$0.009  request: done: Done.', times: 2 },
    heard: ['error: Refused: it was cut off at the limit of tokens.'],
  },
  {
    name: 'a key that is not taken',
    replies: [{ status: 401, message: 'invalid bearer token' }],
    ...{ code: 2, last: 'The service does not take the key (401): invalid bearer token.', times: 1 },
  },
  {
    name: 'a model that is not known',
    replies: [{ status: 404, message: 'no such model' }],
    ...{ code: 2, last: 'The service does not know the model "claude-sonnet-5-5" (404): no such model.', times: 1 },
  },
  {
    name: 'a server that never answers',
    replies: many('silent'),
    ...{ code: 2, last: 'The service did not answer within 0.5 seconds.', times: 3 },
  },
];

test.each(WHIMS)('the service has $name', async ({ replies, code, last, times, heard }) => {
  const left = [...replies];
  const patience = replies.includes('silent') ? ['--timeout', '0.5'] : [];
  const outcome = await live(() => left.shift() ?? done, patience);
  const line = outcome.stderr.trimEnd().split('\n').at(-1)!;
  expect({ code: outcome.code, times: outcome.asked.length }).toEqual({ code, times });
  expect(line.replace(/^teamc: */, '').slice(0, last.length)).toBe(last);
  if (heard) expect(resultsIn(outcome.asked.at(-1)!)).toEqual(heard);
});

describe('what a live run needs', () => {
  const folder = (): string => project({ 'team.yaml': TEAM });
  const line = ['simulate', '.', 'Add a login', '--live'];

  test('no key is one sentence', async () => {
    expect(await teamc(folder(), line)).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'teamc: --live asks Claude, and there is no key: set ANTHROPIC_API_KEY. Without --live the run is played by rules and costs nothing.\n',
    });
  });

  test('a place holder for a key is told before anything is asked', async () => {
    expect(await teamc(folder(), line, { env: { ANTHROPIC_API_KEY: 'sk-…' } })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'teamc: What ANTHROPIC_API_KEY holds is no key: a key has no spaces and no letters beyond ASCII.\n',
    });
  });

  test('no connection is one sentence', async () => {
    const env = { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' };
    const { code, stdout, stderr } = await teamc(folder(), [...line, '--quiet'], { env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^teamc: There is no connection to http:\/\/127\.0\.0\.1:9: .+\.\n$/);
  });

  test.each([
    [
      ['--runs', '3'],
      '--live plays one run with Claude; --runs, --until, --replay, --exhaustive and --fork play without.',
    ],
    [
      ['--exhaustive'],
      '--live plays one run with Claude; --runs, --until, --replay, --exhaustive and --fork play without.',
    ],
    [['--max-cost', '-1'], '--max-cost takes a number above zero, not "-1".'],
    [['--timeout', '0'], '--timeout takes a number above zero, not "0".'],
  ])('%j is refused', async (more, sentence) => {
    expect((await teamc(folder(), [...line, ...more])).stderr).toBe(`teamc: ${sentence}\n`);
  });

  test('its options are of no use without it', async () => {
    const { stderr } = await teamc(folder(), ['simulate', '.', 'Add a login', '--model', 'claude-x']);
    expect(stderr).toBe('teamc: --model, --max-cost and --timeout are about --live.\n');
  });
});

/** Runs the command as it is shipped, while this process answers for the service. */
async function shippedLive(folder: string, argv: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
  const child = spawn(process.execPath, [builtCommand(), ...argv], { cwd: folder, env: { ...process.env, ...env } });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: child.exitCode ?? (await new Promise((resolve) => child.once('close', resolve))), stdout, stderr };
}

test('the shipped command asks Claude, replays offline, and loads the SDK for nothing else', async () => {
  const folder = project({ 'team.yaml': TEAM });
  const { url, asked } = await messagesApi(script(GOOD));
  const live = ['simulate', '.', 'Add a login', '--live', '--record', 'run.jsonl'];
  const { code, stdout, stderr } = await shippedLive(folder, live, {
    ANTHROPIC_API_KEY: KEY,
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_LOG: 'debug',
  });
  expect({ code, told: told(stdout).length, asked: asked.length }).toEqual({ code: 0, told: 8, asked: 6 });
  expect(stderr).toContain('done: The login is there.');
  const replay = ['simulate', '.', 'Add a login', '--replay', 'run.jsonl'];
  expect(await shippedLive(folder, replay, { ANTHROPIC_API_KEY: '', ANTHROPIC_BASE_URL: '' })).toEqual({
    code,
    stdout,
    stderr: '',
  });
  const chunks = join(dirname(builtCommand()), 'command');
  const withSdk = readdirSync(chunks).filter((file) =>
    // A bundled line that gets too long goes on in the next, in the middle of a text too.
    readFileSync(join(chunks, file), 'latin1').replaceAll('\\\n', '').includes('anthropic-version'),
  );
  expect(withSdk).toEqual(['anthropic-ai-sdk.cjs']);
});

test('a run stops before it costs more than it may', async () => {
  const endless = await live(() => [{ tool: 'read', input: { path: 'a.md' } }], ['--max-cost', '0.03']);
  expect(endless.code).toBe(3);
  expect(endless.stdout).toContain('stopped by the limit cost ($0.030)');
  expect(endless.asked.length).toBe(5);
  expect(endless.asked.at(-1)!.body.max_tokens).toBeLessThan(1000);
  const poor = await live(() => done, ['--max-cost', '0.001']);
  expect({ code: poor.code, asked: poor.asked.length }).toEqual({ code: 3, asked: 0 });
});

test('whoever interrupts gets what there is, and the recording of it', async () => {
  const folder = project({ 'team.yaml': TEAM });
  let interrupt = (): void => {};
  const { url } = await messagesApi((_, number) => {
    if (number === 2) setTimeout(() => interrupt(), 50);
    return number === 1 ? [delegate('dev')] : 'silent';
  });
  const { code, stdout, stderr } = await teamc(
    folder,
    ['simulate', '.', 'Add a login', '--live', '--record', 'run.jsonl'],
    {
      env: { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: url },
      onInterrupt: (then) => {
        interrupt = then;
        return () => {};
      },
    },
  );
  expect({ code, told: told(stdout) }).toEqual({ code: 3, told: ['└─ dev gets a task from lead: Build the login'] });
  expect(stdout).toMatch(/^outcome {5}interrupted after/m);
  expect(stderr).toContain('teamc: The run was interrupted.\n');
  const again = await teamc(folder, ['simulate', '.', 'Add a login', '--replay', 'run.jsonl']);
  expect(again).toEqual({ code: 3, stdout, stderr: '' });
});

test('the keys Control and C end the shipped command in good order', async () => {
  const folder = project({ 'team.yaml': TEAM });
  let child: ChildProcess | undefined;
  const { url } = await messagesApi((_, number) => {
    if (number === 2) setTimeout(() => child?.kill('SIGINT'), 50);
    return number === 1 ? [delegate('dev')] : 'silent';
  });
  const env = { ...process.env, ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: url };
  const argv = [builtCommand(), 'simulate', '.', 'Add a login', '--live', '--record', 'run.jsonl'];
  child = spawn(process.execPath, argv, { cwd: folder, env });
  const closed = new Promise((resolve) => child!.once('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout!), text(child.stderr!)]);
  expect([await closed, told(stdout)]).toEqual([3, ['└─ dev gets a task from lead: Build the login']]);
  expect(stderr).toContain('teamc: The run was interrupted.\n');
  expect(readFileSync(join(folder, 'run.jsonl'), 'utf8').split('\n').length).toBe(4);
});

test('a recording that could not be written is told before anything is asked', async () => {
  const { code, stdout, stderr, asked } = await live(script(GOOD), ['--record', 'team.yaml/run.jsonl']);
  expect({ code, stdout, asked: asked.length }).toEqual({ code: 2, stdout: '', asked: 0 });
  expect(stderr).toMatch(/^teamc: The recording can't be written to "team\.yaml\/run\.jsonl": it .+\.\n$/);
});

test('words show on a terminal while they come, and steer it in nothing', async () => {
  const folder = project({ 'team.yaml': TEAM });
  const { url } = await messagesApi(() => [{ text: 'I think \u001b[2J this is done.' }, ...done]);
  const { stderr } = await teamc(folder, ['simulate', '.', 'Add a login', '--live'], {
    env: { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: url },
    talksToTerminal: true,
  });
  expect(stderr).toContain('\r\u001b[K  lead: I think \u241b[2J this is done.');
  expect(stderr.replaceAll('\r\u001b[K', '')).not.toContain('\u001b');
});

test('each role speaks with its own model, or with the one that is asked for', async () => {
  const models = (asked: readonly Asked[]): readonly string[] => [...new Set(asked.map(({ body }) => body.model))];
  expect(models((await live(script(GOOD))).asked)).toEqual(['claude-sonnet-5-5', 'claude-haiku-5-5']);
  const { asked, stderr } = await live(script(GOOD), ['--model', 'claude-new-one']);
  expect(models(asked)).toEqual(['claude-new-one']);
  expect(stderr).toContain('The price of claude-new-one is a guess.');
});

test('a service that goes away in the middle leaves what there is', async () => {
  const { code, stdout, stderr } = await live((_, number) => (number === 1 ? [delegate('dev')] : { status: 401 }));
  expect({ code, told: told(stdout) }).toEqual({ code: 3, told: ['└─ dev gets a task from lead: Build the login'] });
  expect(stdout).toContain('broken off, as the service did not answer');
  expect(stderr).toContain('The service does not take the key (401)');
});

describe('a recording', () => {
  const line = (folder: string, more: readonly string[] = []): Promise<Outcome> => {
    const offline = globalThis.fetch;
    globalThis.fetch = () => Promise.reject(new Error('a replay asked the network'));
    const outcome = teamc(folder, ['simulate', '.', 'Add a login', '--replay', 'run.jsonl', ...more]);
    return outcome.finally(() => {
      globalThis.fetch = offline;
    });
  };

  test.each(['tree', 'jsonl', 'json', 'mermaid'])('replays offline to the same %s', async (format) => {
    const { folder, stdout, code } = await live(script(GOOD), ['--record', 'run.jsonl', '--format', format]);
    expect(await line(folder, ['--format', format])).toEqual({ code, stdout, stderr: '' });
  });

  test('of another team, or of another request, is told from this one', async () => {
    const { folder } = await live(script(GOOD), ['--record', 'run.jsonl']);
    const recording = readFileSync(join(folder, 'run.jsonl'), 'utf8');
    const at = (team: string): string => project({ 'team.yaml': team, 'run.jsonl': recording });
    expect(await line(at(TEAM.replace('name: shop', 'name: stall')))).toEqual({
      code: 2,
      stdout: '',
      stderr: 'teamc: "run.jsonl" is a recording of the team "shop", not "stall".\n',
    });
    expect(await line(at(TEAM.replace('deny: "rm *"', 'ask: "rm *"')))).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'teamc: At choice 4 the run asks for "task:dev/turn:2/deed:0/answers-in", and the recording has "task:dev/turn:3"; the recording never comes to it: the team or the scenario has changed.\n',
    });
    const roleless = TEAM.replace('keywords: login, gate: check', 'keywords: login');
    expect((await line(at(roleless))).stderr).toBe(
      'teamc: At "task:request/turn:2" lead hears ""dev" is done by dev: Built and tested.", and in the recording it heard ""dev" comes back from dev: Built and tested. It stands before: check (it works). Look at it with `review`, task "dev".": the team or the scenario has changed.\n',
    );
  });

  test('that ends too early is told from a whole one', async () => {
    const { folder } = await live(script(GOOD), ['--record', 'run.jsonl']);
    const recording = readFileSync(join(folder, 'run.jsonl'), 'utf8');
    const cut = project({ 'team.yaml': TEAM, 'run.jsonl': recording.slice(0, -30) });
    expect((await line(cut)).stderr).toBe('teamc: "run.jsonl" can\'t be replayed: it is cut off in line 7.\n');
  });
});
