import { expect, test } from 'vitest';
import { applyEdits } from '../../src/document/edit.ts';
import { lint } from '../../src/rules/lint.ts';
import { loadText } from '../memory.ts';

/** The team file after all fixes of one rule, and what the rule says of it then. */
function fixed(id: string, text: string): { readonly text: string; readonly left: readonly string[] } {
  const found = (team: string) => {
    const loaded = loadText(team);
    return { loaded, findings: lint(loaded, { profile: 'strict' }).filter(({ rule }) => rule === id) };
  };
  const { loaded, findings } = found(text);
  const edits = findings.flatMap(({ fix }) => fix?.edits ?? []);
  const after = applyEdits(loaded.documents.get('team.yaml')!, edits).text;
  return { text: after, left: found(after).findings.map(({ message }) => message) };
}

test('the fix of an inexact reference writes the id wherever the name stands', () => {
  const text = `teamc: 1
name: shop
entry: boss
groups: { makers: ["api-dev"] }
assertions: [{ exclusive: [api-dev, boss] }]
roles:
  lead:
    description: Plans the work.
    aliases: boss
    delegates-to: { role: [api-dev], for: endpoints, with: 'boss' }
  backend/api-dev:
    description: Builds endpoints.
    escalates-to: boss
`;
  expect(fixed('inexact-reference', text)).toEqual({
    text: text
      .replace('entry: boss', 'entry: lead')
      .replace('"api-dev"', '"backend/api-dev"')
      .replace('[api-dev, boss]', '[backend/api-dev, lead]')
      .replace('[api-dev]', '[backend/api-dev]')
      .replace("'boss'", "'lead'")
      .replace('escalates-to: boss', 'escalates-to: lead'),
    left: [],
  });
});

test('the fix of an unknown tool keeps the pattern behind it', () => {
  const text = `teamc: 1
name: shop
entry: lead
tool-groups: { inspect: [raed] }
roles:
  lead:
    description: Plans the work.
    tools: [inspect, "shel:git *", Bash]
    permissions: { web-fetch: deny, "edti": [deny: "*"] }
    must-not: { do: touch it, calls: [{ serach: ["a/**", "b/**"] }] }
`;
  expect(fixed('unknown-tool', text)).toEqual({
    text: text
      .replace('raed', 'read')
      .replace('"shel:git *"', '"shell:git *"')
      .replace('Bash', 'shell')
      .replace('web-fetch', 'fetch')
      .replace('"edti"', '"edit"')
      .replace('serach', 'search'),
    left: [],
  });
});

test('a name that YAML would take for something else is written in quotes', () => {
  const text = `teamc: 1
name: shop
levels: ["level #1", "true"]
roles:
  lead: { description: Plans the work., level: level1 }
  developer: { description: Writes the code., level: "ture" }
`;
  expect(fixed('unknown-level', text)).toEqual({
    text: text.replace('level: level1', 'level: "level #1"').replace('"ture"', '"true"'),
    left: [],
  });
});
