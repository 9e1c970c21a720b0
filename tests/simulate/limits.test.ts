import { expect, test } from 'vitest';
import { rulesMind } from '../../src/simulate/minds/rules.ts';
import { play } from '../../src/simulate/play.ts';
import { worldFrom } from './played.ts';

const TEAM = `
name: shop
entry: lead
roles:
  lead: { description: Leads., tools: [read], delegates-to: dev }
  dev: { description: Works., tools: [shell], permissions: { shell: allow } }
`;
const SCENARIO = `request: Go
tasks: { a: { do: it, to: dev, effort: 1h, calls: { shell: make } }, b: { do: it, to: dev, needs: a, effort: 30m } }
`;

const ended = (limits: string) => play(worldFrom(TEAM, `${SCENARIO}limits: { ${limits} }\n`), rulesMind);
const { over, state } = play(worldFrom(TEAM, SCENARIO), rulesMind);
const turns = Math.max(...state.stations.map((each) => each.turns));
// The least that is just below what a run costs.
const below = (state.cost * (1 - 1e-9)).toString();

test.each<[limit: string, enough: string | number, tooLittle: string | number]>([
  ['steps', state.steps, state.steps - 1],
  ['tokens', state.tokens, 1],
  ['turns', turns, 1],
  ['cost', state.cost.toString(), 0],
  ['wall', '90m', '89m'],
])('a run may come up to its limit of %s, and is stopped beyond it', (limit, enough, tooLittle) => {
  expect(over).toEqual({ kind: 'done' });
  const within = ended(`${limit}: ${enough}`);
  expect([within.over, within.state.now]).toEqual([{ kind: 'done' }, 5_400_000]);
  const stopped = ended(`${limit}: ${tooLittle}`);
  expect(stopped.over).toMatchObject({ kind: 'limit', limit });
  expect(stopped.state.steps).toBeLessThanOrEqual(state.steps);
});

test('a limit is passed with the first step after what goes beyond it', () => {
  const lasts = (limits: string): number => ended(limits).state.steps;
  expect(lasts(`steps: ${state.steps - 1}`)).toBe(state.steps);
  expect(ended(`cost: ${below}`).over).toMatchObject({ kind: 'limit', limit: 'cost' });
  expect(ended(`tokens: ${state.tokens - 1}`).over).toMatchObject({ kind: 'limit', limit: 'tokens' });
  expect(ended(`turns: ${turns - 1}`).over).toMatchObject({ kind: 'limit', limit: 'turns' });
});
