import {
  type ApiRequest,
  type Block,
  type ClaudeCode,
  NO,
  type SessionOptions,
  type ToolInput,
} from './claude-client.ts';

/** One call of a tool, as a model writes it. */
export interface Call {
  readonly tool: string;
  readonly input: ToolInput;
}

/** What an agent does when it runs: its calls, then the agents that it starts. */
export interface Plan {
  /** The agent, as the call that starts it names it. */
  readonly agent: string;
  /** The skill that starts it, where no call of an agent does. */
  readonly skill?: string;
  readonly calls: readonly Call[];
  readonly below?: readonly Plan[];
}

/** What the client did with a call: whatever is not asked about and not refused has run. */
export interface Answer {
  readonly decision: 'allow' | 'ask' | 'deny';
  /** What the model was told; of a question, its reason. */
  readonly said: string;
}

/** A call, who made it and how deep below the main thread, and what the client did with it. */
export interface Answered extends Answer {
  readonly agent: string;
  readonly depth: number;
  readonly call: Call;
}

/** The system prompt of a request, without what the client puts before it. */
export function promptOf({ system }: ApiRequest): string {
  return system?.at(-1)?.text ?? '';
}

/** What a played session showed. */
export interface Played {
  readonly answers: readonly Answered[];
  /** The first request of each agent of the plan; none where it never ran. */
  readonly began: ReadonlyMap<Plan, ApiRequest>;
}

/** A plan and its place: the main thread's is 0. */
interface Step {
  readonly plan: Plan;
  readonly at: number;
  readonly depth: number;
}

/** Lets a scripted model carry out a plan, and tells what became of each call. */
export async function play(
  claude: ClaudeCode,
  project: string,
  plan: Plan,
  options: SessionOptions = {},
): Promise<Played> {
  const steps = stepsOf(plan);
  const { asked, requests } = await claude.session(project, (request) => replyTo(request, steps), options);
  const results = resultsOf(requests);
  const began = new Map<Plan, ApiRequest>();
  for (const request of requests) {
    const step = steps[placeOf(request)];
    if (step && !began.has(step.plan)) began.set(step.plan, request);
  }
  const answers = steps.flatMap(({ plan, at, depth }) => {
    if (!began.has(plan)) return [];
    const agents = (plan.below ?? []).map((next) => started(next, 0));
    return [...plan.calls, ...agents].map((call, index): Answered => {
      const id = `toolu_${at}_${index}`;
      return { agent: plan.agent, depth, call, ...answerTo(id, asked, results) };
    });
  });
  return { answers, began };
}

/** All agents of a plan, the main thread first. */
function stepsOf(plan: Plan): readonly Step[] {
  const steps: Step[] = [];
  const add = (one: Plan, depth: number): void => {
    steps.push({ plan: one, at: steps.length, depth });
    for (const next of one.below ?? []) add(next, depth + 1);
  };
  add(plan, 0);
  return steps;
}

/** First all calls, then all agents, then the end. */
function replyTo(request: ApiRequest, steps: readonly Step[]): readonly Block[] {
  const step = steps[placeOf(request)];
  if (!step) return [DONE];
  const { plan, at } = step;
  const turns = request.messages.filter(({ role }) => role === 'assistant').length;
  const agents = (plan.below ?? []).map((next) => started(next, steps.find((step) => step.plan === next)!.at));
  const rounds = [plan.calls, agents].filter((calls) => calls.length > 0);
  const offset = turns > 0 && rounds.length > 1 ? plan.calls.length : 0;
  const blocks = rounds[turns]?.map(({ tool, input }, index): Block => {
    return { type: 'tool_use', id: `toolu_${at}_${offset + index}`, name: tool, input };
  });
  return blocks ?? [DONE];
}

const DONE: Block = { type: 'text', text: 'Done.' };

function started({ agent, skill }: Plan, at: number): Call {
  const prompt = `Begin at place ${at}.`;
  if (skill !== undefined) return { tool: 'Skill', input: { skill, args: prompt } };
  const input = { subagent_type: agent, description: 'a task', prompt, run_in_background: false };
  return { tool: 'Agent', input };
}

/** The place in the plan that an agent was told; those that are only to be started are told none. */
function placeOf({ messages }: ApiRequest): number {
  const first = messages.find(({ role }) => role === 'user');
  return Number(/Begin at place (\d+)\./.exec(JSON.stringify(first?.content))?.[1] ?? -1);
}

interface Result {
  readonly type: string;
  readonly tool_use_id: string;
  readonly content?: string | readonly { readonly text?: string }[];
  readonly is_error?: boolean;
}

/** What the model was told of its calls. */
function resultsOf(requests: readonly ApiRequest[]): ReadonlyMap<string, Result> {
  const blocks = requests.flatMap(({ messages }) =>
    messages.flatMap(({ content }) => (Array.isArray(content) ? (content as readonly Result[]) : [])),
  );
  return new Map(blocks.filter(({ type }) => type === 'tool_result').map((result) => [result.tool_use_id, result]));
}

/** How the client words a refusal: that of a hook, or its own. */
const REFUSED =
  /^(?:PreToolUse:\w+ hook |teamc: |<tool_use_error>Error: No such tool available|.*Agent type '.*' (?:not found|has been denied))/s;

/** Errors that a tool had while it ran: it was let run. */
const RAN = /^(?:Exit code \d+|File does not exist|Unable to verify if domain)/;

function answerTo(id: string, asked: ReadonlyMap<string, string>, results: ReadonlyMap<string, Result>): Answer {
  const result = results.get(id);
  const content = result?.content ?? '';
  const said = typeof content === 'string' ? content : content.map(({ text = '' }) => text).join('\n');
  const why = asked.get(id);
  if (why !== undefined) return { decision: 'ask', said: why };
  if (!result) throw new Error(`Nothing became of the call ${id}`);
  if (!result.is_error || RAN.test(said)) return { decision: 'allow', said };
  if (said === NO || !REFUSED.test(said)) throw new Error(`The call ${id} was neither run nor refused: ${said}`);
  return { decision: 'deny', said };
}
