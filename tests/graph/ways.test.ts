import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyze } from '../../src/analysis/facts.ts';
import { waysTo } from '../../src/analysis/ways.ts';
import { waysTo as waysOnPage } from '../../src/pages/graph/ways.ts';
import { pageData } from '../../src/report/graph/page-facts.ts';
import { RELATIONS, teamGraph } from '../../src/report/graph/team-graph.ts';
import { loadText } from '../memory.ts';

const soak = Number(process.env['TEAMC_SOAK'] ?? 1);
const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const role = fc.record({
  tools: fc.subarray(['shell', 'switch-role', 'edit']),
  to: fc.array(fc.record({ role: fc.constantFrom(...ids), asked: fc.boolean() }), { maxLength: 3 }),
  switch: fc.subarray(ids),
  shell: fc.constantFrom('allow', 'ask', 'deny'),
});

/** A team in which some delegate, some may become others, and some have a shell. */
const team = fc.tuple(...ids.map(() => role)).map((roles) =>
  JSON.stringify({
    teamc: 1,
    name: 'n',
    roles: Object.fromEntries(
      roles.map(({ tools, to, shell, switch: others }, at) => [
        ids[at]!,
        {
          description: 'D.',
          tools,
          permissions: [
            { shell: [{ [shell]: '*' }] },
            { 'switch-role': [{ deny: '*' }, ...others.map((id) => ({ ask: id }))] },
          ],
          'delegates-to': to.map(({ role: id, asked }) => ({ role: id, ...(asked ? { approval: 'user' } : {}) })),
        },
      ]),
    ),
  }),
);

test('what lights up is exactly who gets to the call, and the way in words is a shortest one', () => {
  fc.assert(
    fc.property(team, (file) => {
      const loaded = loadText(file);
      const roles = [...loaded.team.roles.values()];
      const graph = teamGraph(loaded.team, { relations: RELATIONS, groupBy: 'none' });
      const probe = { tool: 'shell', pattern: '*' } as const;
      const data = pageData(graph, { loaded, diagnostics: [], plans: [], calls: [probe], sound: true });
      const { authority } = analyze(loaded.team);
      const gets = (from: number): readonly number[] =>
        authority
          .actors(roles[from]!, false)
          .map((actor) => roles.indexOf(actor))
          .filter((at) => waysTo(roles, { probe, from: roles[at]!, most: 1 }).ways.length > 0);
      for (const [from, one] of roles.entries()) {
        const lit = waysOnPage(data, data.calls[0]!, from);
        const [shortest] = waysTo(roles, { probe, from: one, most: 1 }).ways;
        expect([...lit.nodes].sort()).toEqual(shortest ? [...new Set([from, ...gets(from)])].sort() : []);
        const met = lit.shortest.map(({ to }) => to).filter((at) => at >= 0);
        expect(met.length).toBe(shortest?.handOvers.length ?? 0);
      }
      const everyone = waysOnPage(data, data.calls[0]!, undefined);
      expect([...everyone.nodes].sort()).toEqual(
        [...roles.keys()].filter((at) => waysTo(roles, { probe, from: roles[at]!, most: 1 }).ways.length > 0).sort(),
      );
    }),
    { numRuns: 50 * soak },
  );
});
