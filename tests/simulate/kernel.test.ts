import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Agenda, type Due } from '../../src/simulate/agenda.ts';
import type { SimEvent } from '../../src/simulate/event.ts';
import { begun, choiceOf, step } from '../../src/simulate/kernel.ts';
import { seededMind } from '../../src/simulate/minds/seeded.ts';
import { play } from '../../src/simulate/play.ts';
import { Queue } from '../../src/simulate/queue.ts';
import { joined, sample } from '../../src/simulate/sample.ts';
import { countedOneByOne } from './naive-sample.ts';
import { story } from './played.ts';
import { randomPlay, worldFor } from './random.ts';

/** Random teams: 60 on every run of the tests, 1 000 and more when they soak. */
const numRuns = Math.max(60, 20 * Number(process.env['TEAMC_SOAK'] ?? 0));

/** Expectations of every form, for random teams. */
const EXPECT = [
  { eventually: 'done' },
  { never: { called: { shell: 'git push *' } } },
  { never: { called: { shell: '*' }, decision: 'deny' } },
  { never: { delegated: 'r1' }, before: { passed: 'check' } },
  { eventually: 'answered', after: { failed: 'r1' }, within: '2d' },
  { count: { delegated: 'r2' }, 'at-most': 1 },
  { share: 'done', 'at-least': '50%' },
  { utilization: 'r1', 'at-most': '50%' },
];

test('a step leaves the old state as it was, and steps one by one come to what a run in one go does', () => {
  fc.assert(
    fc.property(randomPlay, (random) => {
      const world = worldFor(random);
      const mind = seededMind('s', 1);
      const run = play(world, mind);
      let { state, events } = begun(world);
      const all: SimEvent[] = [...events];
      while (state.agenda.first && !state.over) {
        const choice = choiceOf(world, state);
        const pick = choice && mind.pick(choice);
        const next = step(world, state, pick);
        const again = step(world, state, pick);
        expect(again.events).toEqual(next.events);
        ({ state, events } = next);
        all.push(...events);
      }
      expect(all).toEqual(run.events);
      expect([state.now, state.steps, state.cost, state.over]).toEqual([
        run.state.now,
        run.state.steps,
        run.state.cost,
        run.state.over,
      ]);
    }),
    { numRuns, seed: 20261121 },
  );
});

test('many runs come to the same whether each is told in full or only counted, and whether they are played in one part or in several', () => {
  fc.assert(
    fc.property(randomPlay, (random) => {
      const world = worldFor({
        ...random,
        scenario: JSON.stringify({ ...JSON.parse(random.scenario), expect: EXPECT }),
      });
      const counted = sample(world, 's', 1, 6);
      expect(counted).toEqual(countedOneByOne(world, 's', 1, 6));
      const parts = [sample(world, 's', 5, 6), sample(world, 's', 1, 1), sample(world, 's', 2, 4)];
      expect(JSON.stringify(joined(parts))).toBe(JSON.stringify(counted));
    }),
    { numRuns, seed: 20261122 },
  );
});

test('an agenda gives what is due in the order of a sorted list', () => {
  const moves = fc.array(fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }), { maxLength: 60 });
  fc.assert(
    fc.property(moves, (all) => {
      let agenda = new Agenda<Due>();
      const list: Due[] = [];
      let now = 0;
      for (const [order, later] of all.entries()) {
        if (later !== undefined) {
          agenda.add({ at: now + later, order });
          list.push({ at: now + later, order });
          list.sort((a, b) => a.at - b.at || a.order - b.order);
        } else if (list.length > 0) {
          const other = agenda.copy();
          expect([agenda.first, agenda.take(), other.take()]).toEqual([list[0], list[0], list[0]]);
          now = list.shift()!.at;
          agenda = other;
        }
      }
      expect(agenda.sorted()).toEqual(list);
      expect(agenda.count(({ at }) => at % 2 === 0)).toBe(list.filter(({ at }) => at % 2 === 0).length);
    }),
  );
});

test('whoever waits in a queue is served in order', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer(), { nil: undefined })), (moves) => {
      let queue = Queue.empty<number>();
      const list: number[] = [];
      for (const item of moves) {
        expect([queue.first, queue.length]).toEqual([list[0], list.length]);
        if (item === undefined) {
          queue = queue.rest();
          list.shift();
        } else {
          queue = queue.with(item);
          list.push(item);
        }
        expect([...queue]).toEqual(list);
      }
    }),
  );
});

test('work that a person took back from a role is handed over anew before anybody tries it again', () => {
  const team = `
name: shop
entry: lead
people: { boss: Decides }
roles:
  lead: { description: Leads., tools: [read], delegates-to: [dev, { role: ops, when: { type: release }, approval: boss }], escalates-to: chief }
  dev: { description: Works., tools: [shell], permissions: { shell: [allow: "*", { deny: "terraform *", instead: ops }] } }
  ops: { description: Ships., tools: shell, permissions: { shell: allow } }
  chief: { description: Decides., tools: [read] }
`;
  const lines = story(
    team,
    `request: Go
tasks: { work: { do: it, to: dev, calls: { shell: terraform plan } } }
people: { boss: { approves: 0%, answers-in: 5m } }`,
  );
  expect(lines.slice(8)).toEqual([
    '0:10 work answered dev by lead looks for somebody else',
    '0:10 work asked lead to boss',
    '0:15 work refused lead by boss to ops delegate ops ask',
    '0:15 work failed lead refused',
    '0:15 work escalated lead to chief escalates-to refused',
    '0:25 work answered lead by chief guides',
    '0:25 work asked lead to boss',
    '0:30 work refused lead by boss to ops delegate ops ask',
    '0:30 work failed lead refused',
    '0:30 work escalated lead to user user refused',
    '0:40 work answered lead by user settles it',
    '0:40 request done lead',
    'done',
  ]);
});
