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
  const files = new Map(agents.map(({ id, file }) => [id, file]));
  const found = agents.map((agent) => recoverOne(agent, names, files));
  return {
    relations: found.flatMap(({ relations }) => relations),
    mentions: found.flatMap(({ mentions }) => mentions),
    ladders: found.flatMap(({ ladders }) => ladders),
    conditions: found.flatMap(({ conditions }) => conditions),
    levels: found.flatMap(({ levels }) => levels),
  };
}

function recoverOne(agent: FoundAgent, names: Names, files: ReadonlyMap<string, string>): Recovered {
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
    relations: own.map((relation) => settled(relation, agent, files)),
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

/** A name that several agents share means, in doubt, the one beside the file that says it. */
function settled(relation: Relation, agent: FoundAgent, files: ReadonlyMap<string, string>): Relation {
  if (relation.resolution.kind !== 'ambiguous') return relation;
  const beside = relation.resolution.ids.filter((id) => folderOf(files.get(id) ?? '') === folderOf(agent.file));
  return beside.length === 1
    ? { ...relation, resolution: { kind: 'inexact', id: beside[0] as string, by: 'path' } }
    : relation;
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}
