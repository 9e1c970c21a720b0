import { hasTool } from '../../../team/policy.ts';
import type { Role } from '../../../team/team.ts';
import { TOOLS, type Tool } from '../../../team/tools.ts';
import type { Deed } from '../../turn.ts';

/** A tool as the Messages API takes it. */
export interface LiveTool {
  readonly name: string;
  readonly description: string;
  readonly input_schema: {
    readonly type: 'object';
    readonly properties: Readonly<Record<string, object>>;
    readonly required: string[];
  };
}

/** The parameters of a tool, with what each is for; those in `optional` may be left out. */
type Parameters = Readonly<Record<string, string>>;

const ARGUMENTS: Readonly<Record<(typeof TOOLS)[Tool], Parameters>> = {
  path: { path: 'The path, from the project folder' },
  command: { command: 'The command line' },
  url: { url: 'The URL' },
  name: { name: 'What the tool is called with' },
};

const WHAT: Readonly<Record<Tool, string>> = {
  read: 'Read a file.',
  search: 'Search files below a path.',
  edit: 'Write or change a file.',
  shell: 'Run a command line.',
  fetch: 'Fetch a page.',
  'web-search': 'Search the web.',
  browser: 'Open a page in a browser.',
  mcp: 'Call a tool of an MCP server, as server/tool.',
  'switch-role': 'Switch to another role.',
  'ask-user': 'Ask the user a question.',
  todo: 'Note what is to be done.',
  skill: 'Use a skill.',
  notebook: 'Change a cell of a notebook.',
  complete: '',
  delegate: 'Hand work over to another role, and wait for its result.',
};

/** The tools that a role is offered: those that the team gives it, and the ways to escalate, to review and to finish. */
export function toolsFor(role: Role, plan: boolean): readonly LiveTool[] {
  const own = (Object.keys(TOOLS) as Tool[]).filter(
    (tool) => tool !== 'delegate' && tool !== 'complete' && hasTool(role, tool),
  );
  const hands = hasTool(role, 'delegate');
  return [
    ...own.map((tool) => toolOf(tool, WHAT[tool], parametersOf(tool), tool === 'edit' ? ['content'] : [])),
    ...(hands
      ? [
          toolOf(
            'delegate',
            WHAT.delegate,
            { to: 'The role', task: 'What it is to do', ...(plan ? { plan: 'The task of the plan' } : {}) },
            ['plan'],
          ),
          toolOf('review', 'Look at a result that stands before a gate: let it pass, or hand it back.', {
            task: 'The task',
            verdict: '"pass" or "hand-back"',
            because: 'Why',
          }),
        ]
      : []),
    toolOf('escalate', 'Turn to a role above you, to a peer or to a person with what you can not settle yourself.', {
      to: 'The role or person',
      reason: 'What you need to know or to have decided',
    }),
    toolOf('finish', 'Say what came of your task, when it is done or can not be done.', {
      result: 'The result, for whoever gave you the task',
      outcome: '"done" or "failed"',
    }),
  ];
}

function parametersOf(tool: Tool): Parameters {
  return { ...ARGUMENTS[TOOLS[tool]], ...(tool === 'edit' ? { content: 'What is to stand there' } : {}) };
}

function toolOf(name: string, description: string, parameters: Parameters, optional: readonly string[] = []): LiveTool {
  const properties = Object.entries(parameters).map(([key, text]) => [key, { type: 'string', description: text }]);
  return {
    name,
    description,
    input_schema: {
      type: 'object',
      properties: Object.fromEntries(properties),
      required: Object.keys(parameters).filter((key) => !optional.includes(key)),
    },
  };
}

/** What a model calls for, in the words of the simulation. What can't be understood is named. */
export function deedOf(name: string, input: unknown, idOf: (name: string) => string): Deed {
  const given = new Given(input);
  try {
    switch (name) {
      case 'delegate': {
        const plan = given.optional('plan');
        const hand = { kind: 'delegate', to: idOf(given.text('to')), text: given.text('task') } as const;
        return plan === undefined ? hand : { ...hand, plan };
      }
      case 'escalate':
        return { kind: 'escalate', to: idOf(given.text('to')), text: given.text('reason') };
      case 'review': {
        const passes = given.word('verdict', ['pass', 'hand-back']) === 'pass';
        return { kind: 'review', task: given.text('task'), passes, text: given.optional('because') ?? '' };
      }
      case 'finish':
        return {
          kind: 'finish',
          ok: given.optional('outcome') === undefined || given.word('outcome', ['done', 'failed']) === 'done',
          text: given.text('result'),
        };
      default:
        return { kind: 'call', tool: name, argument: argumentOf(name, given) };
    }
  } catch (error) {
    if (error instanceof Missing) return { kind: 'unclear', tool: name, because: error.message };
    throw error;
  }
}

function argumentOf(name: string, given: Given): string {
  if (!Object.hasOwn(TOOLS, name)) return given.first();
  return given.text(Object.keys(ARGUMENTS[TOOLS[name as Tool]])[0]!);
}

class Missing extends Error {}

/** The longest text that is taken from a model as one argument. */
const LONGEST = 20_000;

/** What a tool was called with. Fails where something is missing or of another kind. */
class Given {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(input: unknown) {
    this.#values = typeof input === 'object' && input !== null ? (input as Readonly<Record<string, unknown>>) : {};
  }

  optional(key: string): string | undefined {
    const value = Object.hasOwn(this.#values, key) ? this.#values[key] : undefined;
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string') throw new Missing(`its "${key}" is no text`);
    return value.slice(0, LONGEST);
  }

  text(key: string): string {
    const value = this.optional(key);
    if (value === undefined) throw new Missing(`it does not say "${key}"`);
    return value;
  }

  word(key: string, words: readonly string[]): string {
    const value = this.text(key);
    if (words.includes(value)) return value;
    throw new Missing(
      `its "${key}" is "${value.slice(0, 40)}", and not ${words.map((word) => `"${word}"`).join(' or ')}`,
    );
  }

  /** The first text, for tools that nobody knows. */
  first(): string {
    return String(Object.values(this.#values).find((value) => typeof value === 'string') ?? '').slice(0, LONGEST);
  }
}
