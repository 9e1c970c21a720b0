import type { Anthropic } from '@anthropic-ai/sdk';
import type { Speaker } from '../play-turns.ts';
import type { Heard, Turn, TurnChoice } from '../turn.ts';
import type { World } from '../world.ts';
import { LiveApi, type Trouble } from './live/api.ts';
import type { LiveOptions, Voice } from './live/options.ts';
import { costOf, tokensOf } from './live/prices.ts';
import { deedOf, type LiveTool, toolsFor } from './live/tools.ts';

/** A mind that asks Claude; what ended the run, if the service did. */
export interface LiveMind extends Speaker {
  readonly trouble: () => Trouble | undefined;
}

/** A role's conversation about one task. */
interface Conversation {
  readonly messages: Anthropic.MessageParam[];
  /** The calls of the last answer, in the order of their deeds. */
  calls: readonly string[];
}

/** What the model is told of the rehearsal, after its own prompt. */
const REHEARSAL = `This is a rehearsal. Tools only pretend: they answer that all went well, or what the scenario says. Don't check what they did; decide what you would do, and do it with the tools that you have. Hand work over with \`delegate\` where your role says so, turn to others with \`escalate\`, and end with \`finish\`. Be brief.`;

const HALTED = { says: '', does: [], took: 0, tokens: 0, cost: 0 } as const;

/** The most tokens of one answer. */
const MOST_TOKENS = 4096;

/** Fewer tokens than this are not worth asking for. */
const FEWEST_TOKENS = 256;

/** Claude decides, through the Messages API. Tools are stubs: nothing that it asks for is ever executed. */
export function liveMind(world: World, options: LiveOptions): LiveMind {
  const api = new LiveApi(options);
  const conversations = new Map<string, Conversation>();
  let spent = 0;
  let trouble: Trouble | undefined;
  const halted = (limit: string, value: number): Turn => ({ ...HALTED, halts: { limit, value } });
  return {
    trouble: () => trouble,
    pick: options.choose,
    async turn(choice) {
      const voice = options.voiceOf(world.team.roles.get(choice.role)!);
      const tools = toolsFor(world.team.roles.get(choice.role)!, world.scenario.tasks.length > 0);
      const talk = conversations.get(choice.task) ?? { messages: [], calls: [] };
      conversations.set(choice.task, talk);
      talk.messages.push({ role: 'user', content: contentOf(choice, talk.calls, options.where) });
      const most = affordable(options.maxCost - spent, voice, tools, talk);
      if (most < FEWEST_TOKENS) return halted('cost', options.maxCost);
      const began = performance.now();
      const answer = await api.ask(
        {
          model: voice.model,
          max_tokens: Math.min(MOST_TOKENS, most),
          system: [
            { type: 'text', text: voice.prompt },
            { type: 'text', text: REHEARSAL, cache_control: { type: 'ephemeral' } },
          ],
          tools: tools as Anthropic.Tool[],
          messages: talk.messages,
        },
        (text) => options.hearing?.(choice.role, text),
      );
      const used = [...api.wasted(), ...('kind' in answer ? [] : [answer.usage])];
      const cost = used.reduce((sum, usage) => sum + costOf(usage, voice.price), 0);
      const tokens = used.reduce((sum, usage) => sum + tokensOf(usage), 0);
      const took = Math.round(performance.now() - began);
      spent += cost;
      if ('kind' in answer) {
        trouble = answer;
        return { ...halted(answer.kind, 0), took, tokens, cost };
      }
      return { ...turnOf(answer, talk, options.idOf), took, tokens, cost };
    },
  };
}

/** What a role hears, as the API wants it: first the results of its calls, each of them, then the rest. */
function contentOf(
  { heard }: TurnChoice,
  calls: readonly string[],
  where: LiveOptions['where'],
): Anthropic.ContentBlockParam[] {
  const textOf = ({ text, at }: Heard): string => {
    const place = at && where(at);
    return place === undefined ? text : `${text} (${place})`;
  };
  const results = calls.map((id, deed): Anthropic.ToolResultBlockParam => {
    const found = heard.find((each) => each.deed === deed);
    const said = { type: 'tool_result', tool_use_id: id, content: found ? textOf(found) : 'Noted.' } as const;
    return found && !found.ok ? { ...said, is_error: true } : said;
  });
  const texts = heard.filter(({ deed }) => deed === -1 || deed >= calls.length);
  return [...results, ...texts.map((each) => ({ type: 'text', text: textOf(each) }) as const)];
}

/** How many tokens an answer may have with the money that is left, should the question cost what its length lets expect. */
function affordable(
  left: number,
  { prompt, price }: Voice,
  tools: readonly LiveTool[],
  { messages }: Conversation,
): number {
  const letters = prompt.length + REHEARSAL.length + JSON.stringify([tools, messages]).length;
  const question = ((letters / 3) * 1.25 * price.input) / 1_000_000;
  return Math.floor(((left - question) * 1_000_000) / price.output);
}

/** What an answer means, noted in the conversation. */
function turnOf(
  { content, stop_reason: stopped }: Anthropic.Message,
  talk: Conversation,
  idOf: LiveOptions['idOf'],
): Pick<Turn, 'says' | 'does' | 'ends'> {
  const says = content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n');
  const calls = content.filter((block) => block.type === 'tool_use');
  const declined = stopped === 'refusal' || stopped === 'model_context_window_exceeded';
  if (declined)
    return { says: says || (stopped === 'refusal' ? '' : 'its context is full'), does: [], ends: 'declined' };
  const cutIn = stopped === 'max_tokens' && content.at(-1)?.type === 'tool_use';
  const does = calls.map(({ name, input }, at) =>
    cutIn && at === calls.length - 1
      ? ({ kind: 'unclear', tool: name, because: 'it was cut off at the limit of tokens' } as const)
      : deedOf(name, input, idOf),
  );
  talk.calls = calls.map(({ id }) => id);
  // An answer without content can't be sent back.
  const said = content.length > 0 ? content : [{ type: 'text', text: '(nothing)' } as const];
  talk.messages.push({ role: 'assistant', content: said as Anthropic.ContentBlockParam[] });
  return { says, does, ...(stopped === 'max_tokens' ? { ends: 'cut' } : {}) };
}
