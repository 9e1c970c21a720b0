import type { FoundAgent } from '../found.ts';
import { relationsInCalls } from './calls.ts';
import { relationsInChains } from './chains.ts';
import { relationsInData } from './front-matter.ts';
import { mentionsInText } from './mentions.ts';
import { Names } from './names.ts';
import { protocolOf } from './protocol.ts';
import type { Mention, Recovered, Relation } from './relation.ts';
import { relationsInText } from './sections.ts';

/**
 * What a set of agents say of each other in their files: relations where a pattern says which, else mentions. Nothing
 * is guessed from a sentence, and no text is changed. It takes time linear in the texts, whatever stands in them.
 *
 * @param builtins names that the platform itself answers to (`general-purpose`, `code`)
 */
export function recoverRelations(agents: readonly FoundAgent[], builtins: Iterable<string> = BUILTINS): Recovered {
  const names = new Names(agents, builtins);
  const byId = new Map(agents.map((agent) => [agent.id, agent]));
  const found = agents.map((agent) => recoverOne(agent, names, byId));
  return {
    relations: found.flatMap(({ relations }) => relations),
    mentions: found.flatMap(({ mentions }) => mentions),
    ladders: found.flatMap(({ ladders }) => ladders),
    conditions: found.flatMap(({ conditions }) => conditions),
    levels: found.flatMap(({ levels }) => levels),
  };
}

function recoverOne(agent: FoundAgent, names: Names, agents: ReadonlyMap<string, FoundAgent>): Recovered {
  const { id: source } = agent;
  const data = relationsInData(agent, names);
  const texts = agent.prompt.map((passage) => ({
    relations: relationsInText(source, passage, names),
    calls: [...relationsInChains(source, passage, names), ...relationsInCalls(source, passage, names)],
    mentions: mentionsInText(source, passage, names),
    ...protocolOf(source, passage, names),
  }));
  const own = [...data.relations, ...texts.flatMap(({ relations, calls }) => [...relations, ...calls])];
  return {
    relations: own.map((relation) => settled(relation, agent, agents)),
    mentions: unrelated([...data.mentions, ...texts.flatMap(({ mentions }) => mentions)], own),
    ladders: texts.filter(({ steps }) => steps.length > 0).map(({ steps }) => ({ source, steps })),
    conditions: texts.flatMap(({ conditions }) => conditions),
    levels: texts.flatMap(({ levels }) => levels),
  };
}

/** Agents that Claude Code, opencode and Roo bring with them. */
const BUILTINS = [
  'general-purpose',
  'Explore',
  'Plan',
  'statusline-setup',
  'output-style-setup',
  'general',
  'explore',
  'build',
  'plan',
  'code',
  'architect',
  'ask',
  'debug',
  'orchestrator',
];

/** Mentions of agents that no relation of the same file leads to, each once. */
function unrelated(mentions: readonly Mention[], relations: readonly Relation[]): Mention[] {
  const related = new Set(relations.flatMap(({ resolution }) => ('id' in resolution ? [resolution.id] : [])));
  const seen = new Set<string>();
  return mentions.filter(({ resolution: { id } }) => !related.has(id) && !seen.has(id) && seen.add(id));
}

/** A name that several agents share means, in doubt, the one whose file lies nearest to the file that says it. */
function settled(relation: Relation, agent: FoundAgent, agents: ReadonlyMap<string, FoundAgent>): Relation {
  if (relation.resolution.kind !== 'ambiguous') return relation;
  const near = relation.resolution.ids.map((id) => ({
    id,
    shared: sharedFolders(agents.get(id)?.file ?? '', agent.file),
  }));
  const most = Math.max(...near.map(({ shared }) => shared));
  const [first, second] = near.filter(({ shared }) => shared === most);
  if (!first || second) return relation;
  const { id } = first;
  const own = agents.get(id);
  const isOwn =
    id === relation.target || own?.data['slug'] === relation.target || own?.data['name'] === relation.target;
  return { ...relation, resolution: isOwn ? { kind: 'exact', id } : { kind: 'inexact', id, by: 'path' } };
}

/** How many folders, from the outermost, two files have in common. */
function sharedFolders(one: string, other: string): number {
  const [left, right] = [one.split('/').slice(0, -1), other.split('/').slice(0, -1)];
  const apart = left.findIndex((folder, index) => folder !== right[index]);
  return apart === -1 ? left.length : apart;
}
