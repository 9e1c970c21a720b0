import type { FoundAgent } from '../found.ts';
import { relationsInCalls } from './calls.ts';
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
  const relations: Relation[] = [];
  const mentions: Mention[] = [];
  const ladders: Recovered['ladders'][number][] = [];
  const conditions: Recovered['conditions'][number][] = [];
  const levels: Recovered['levels'][number][] = [];
  for (const agent of agents) {
    const data = relationsInData(agent, names);
    const own = [...data.relations];
    const named = [...data.mentions];
    for (const passage of agent.prompt) {
      own.push(...relationsInText(agent.id, passage, names), ...relationsInCalls(agent.id, passage, names));
      named.push(...mentionsInText(agent.id, passage, names));
      const protocol = protocolOf(agent.id, passage, names);
      if (protocol.steps.length > 0) ladders.push({ source: agent.id, steps: protocol.steps });
      conditions.push(...protocol.conditions);
      levels.push(...protocol.levels);
    }
    for (const relation of own) relations.push(settled(relation, agent, files));
    mentions.push(...unrelated(named, own));
  }
  return { relations, mentions, ladders, conditions, levels };
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
