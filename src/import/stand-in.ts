import type { Draft } from './draft.ts';

/** A description for a role whose files have none, and where it is from, in words. */
export interface StandIn {
  readonly text: string;
  readonly from: string;
}

/**
 * What stands in for a description that no file of an agent has, since a role needs one: the words that opencode 1.18.34
 * tells the others of such an agent, else the first sentence of its text, else its name.
 */
export function standIn({ agent, fields }: Draft): StandIn {
  if (agent.platform === 'opencode')
    return {
      text: 'This subagent should only be called manually by the user.',
      from: 'no `description`, of which opencode says this',
    };
  const text = typeof fields['instructions'] === 'string' ? fields['instructions'] : '';
  const sentence = firstSentence(text.replace(/^(?:\s|#)+/, '')).slice(0, LONGEST);
  return sentence === ''
    ? { text: agent.name ?? agent.id, from: 'name' }
    : { text: sentence, from: 'first sentence of the text' };
}

const LONGEST = 300;

/** A text up to where its first sentence, line or the text ends, with single blanks. */
function firstSentence(text: string): string {
  return /^.*?(?:[.!?](?=\s|$)|$)/m.exec(text.trim())?.[0].replace(/\s+/g, ' ').trim() ?? '';
}
