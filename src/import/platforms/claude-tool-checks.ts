import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import { enumerate } from '../../text/enumerate.ts';
import type { Place } from '../../text/place.ts';
import type { Draft } from '../draft.ts';
import type { RelationsOf } from '../reader.ts';
import { rewrite, tell } from '../tell.ts';
import { placeOfEntry } from './claude-code.ts';
import { type ClaudeTool, claudeToolMeant, claudeTools } from './claude-tools.ts';

/** What is wrong with the tools of Claude Code's agents once all agents and their relations are known. */
export function claudeToolProblems(drafts: readonly Draft[], relations: RelationsOf): readonly Diagnostic[] {
  const names = new Map(
    drafts.flatMap(({ agent }) => [agent.id, agent.name ?? agent.id].map((name) => [name.toLowerCase(), agent.id])),
  );
  return [
    ...drafts.flatMap((draft) => [...unknownTools(draft, names), ...withoutTool(draft, relations)]),
    ...everything(drafts),
  ];
}

function unknownTools(draft: Draft, names: ReadonlyMap<string, string>): readonly Diagnostic[] {
  const { agent } = draft;
  const tools = claudeTools(agent.data['tools']);
  if (!tools || agent.data['tools'] === undefined) return [];
  const strange = tools.filter(({ known }) => known !== 'yes');
  const nothingLeft = tools.length > 0 && strange.length === tools.length;
  return strange.map((tool): Diagnostic => {
    const other = names.get(tool.name.toLowerCase());
    const at = placeOfEntry(draft, tool);
    if (other !== undefined) return asTool(agent.id, other, at, nothingLeft);
    return unknown(agent.id, tool, at, nothingLeft);
  });
}

function asTool(role: string, other: string, at: Place, nothingLeft: boolean): Diagnostic {
  return tell(
    'agent-as-tool',
    nothingLeft ? 'error' : 'warning',
    at,
    `"${other}" is an agent and no tool: Claude Code drops it from the tools of ${role} without a word${nothingLeft ? ', and then none is left' : ''}.`,
    {
      help: `An agent is started with the tool \`Agent\`: write \`Agent(${other})\`, or \`Agent\` for any of them.`,
      role,
    },
  );
}

function unknown(role: string, { name, known, entry }: ClaudeTool, at: Place, nothingLeft: boolean): Diagnostic {
  const meant =
    claudeToolMeant(name) ??
    didYouMean(name, ['Read', 'Edit', 'Write', 'Bash', 'Grep', 'Glob', 'WebFetch', 'WebSearch', 'Agent', 'Skill']);
  const what =
    known === 'gone' ? `Claude Code has no tool \`${name}\` any more` : `Claude Code knows no tool \`${name}\``;
  const server = /^[a-z0-9]+(?:[-_][a-z0-9]+)*$/.test(name) && meant === undefined;
  return tell(
    'platform-drops-tool',
    nothingLeft ? 'error' : known === 'gone' ? 'info' : 'warning',
    at,
    `${what}, and drops it without a word${nothingLeft ? `: ${role} has no tools left, and can't be started` : ''}.`,
    {
      role,
      help: meant
        ? `Did you mean \`${meant}\`? Capitals count.`
        : server
          ? `The tools of an MCP server are written \`mcp__${name}\`.`
          : 'Take it out, or write the name of a tool.',
      ...(meant && known === 'no' && entry === name
        ? { fix: rewrite(`Write \`${meant}\``, 'unsafe', { at, text: meant }) }
        : {}),
    },
  );
}

/** Who is to hand work on and has no tool to do so. */
function withoutTool(draft: Draft, relations: RelationsOf): readonly Diagnostic[] {
  const { agent } = draft;
  const tools = claudeTools(agent.data['tools']);
  if (agent.data['tools'] === undefined || !tools || tools.some(({ means }) => means === 'delegate' || means === 'all'))
    return [];
  const handed = relations(agent.id).filter(
    ({ type, resolution, target }) => type === 'delegates-to' && target !== '' && 'id' in resolution,
  );
  const [first] = handed;
  if (!first) return [];
  const targets = [...new Set(handed.map(({ target }) => target))];
  const shown =
    targets.length > 4 ? `${targets.slice(0, 3).join(', ')} and ${targets.length - 3} more` : enumerate(targets);
  return [
    tell(
      'delegates-without-tool',
      'warning',
      agent.place(['tools']),
      `${agent.id} is to hand work to ${shown}, and has no tool to start an agent with.`,
      {
        related: [{ at: first.at, message: 'It says so here' }],
        help: 'Add `Agent` to its tools, or leave the handing over to whoever starts it.',
        role: agent.id,
      },
    ),
  ];
}

/** What people write when they list tools; a wrong spelling is told by itself. */
const TOOLS_MEANT = /^(?:allowed[-_]?)?tools?$/i;

/** Agents that name no tools have all of them: told once for all of a team. */
function everything(drafts: readonly Draft[]): readonly Diagnostic[] {
  const without = drafts.filter(
    ({ agent }) => agent.header !== undefined && !Object.keys(agent.data).some((key) => TOOLS_MEANT.test(key)),
  );
  const [first, ...rest] = without;
  if (!first) return [];
  const who = rest.length === 0 ? `${first.agent.id} names` : `${without.length} of ${drafts.length} agents name`;
  return [
    tell(
      'platform-widens-tools',
      'info',
      first.agent.place([]),
      `${who} no \`tools\`, and so ${rest.length === 0 ? 'has' : 'have'} every tool, each MCP server included.`,
      {
        help: 'List the tools that are needed; an agent that only reads and reports needs `Read, Grep, Glob`.',
        related: rest
          .slice(0, 3)
          .map((draft) => ({ at: draft.agent.place([]), message: `${draft.agent.id} names none either` })),
      },
    ),
  ];
}
