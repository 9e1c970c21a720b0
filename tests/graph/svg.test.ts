import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { graphSvg } from '../../src/report/graph/graph-svg.ts';
import { layoutOf } from '../../src/report/graph/layout.ts';
import type { Rect } from '../../src/report/graph/placed.ts';
import { DIRECTIONS, RELATIONS, teamGraph } from '../../src/report/graph/team-graph.ts';
import { loadText } from '../memory.ts';
import { hostileTeam } from './hostile-team.ts';
import { org } from './org.ts';

const all = { relations: RELATIONS, groupBy: 'auto' } as const;
const soak = Number(process.env['TEAMC_SOAK'] ?? 1);

/** The elements of an XML text as `name class`, and its texts. Throws where it is not well-formed. */
function elements(xml: string): { readonly names: readonly string[]; readonly texts: readonly string[] } {
  const names: string[] = [];
  const texts: string[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => names.push([name, attributes['class'] ?? ''].join(' ')));
  parser.on('text', (text) => texts.push(text));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return { names, texts };
}

function apart(a: Rect, b: Rect): boolean {
  return a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
}

test('every team is a well-formed picture that shows each name and nothing of what the names would do', async () => {
  await fc.assert(
    fc.asyncProperty(hostileTeam, async (file) => {
      const graph = teamGraph(loadText(file).team, all);
      const { names, texts } = elements(await graphSvg(graph));
      expect(new Set(names.map((name) => name.split(' ')[0]))).toEqual(
        new Set(
          ['svg', 'title', 'style', 'rect', 'defs', 'marker', 'path', 'circle', 'g', 'text'].filter((name) =>
            names.some((each) => each.startsWith(`${name} `)),
          ),
        ),
      );
      expect(names.filter((name) => /^g node /.test(name)).length).toBe(graph.nodes.length);
      for (const { title } of graph.nodes.filter((node) => node.title.trim() !== '' && node.title.length < 30))
        expect(texts).toContain(title);
    }),
    { numRuns: 25 * soak },
  );
});

test('nobody stands on anybody else, everybody within the picture and within the own group, every relation drawn once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(hostileTeam, fc.integer({ min: 2, max: 120 }).map(org)),
      fc.option(fc.constantFrom(...DIRECTIONS), { nil: undefined }),
      async (file, direction) => {
        const graph = teamGraph(loadText(file).team, all);
        const { boxes, groups, lines, width, height } = await layoutOf(graph, direction);
        const drawn = lines.flatMap(({ arcs }) => arcs);
        expect(drawn.length).toBe(graph.arcs.filter(({ from, to }) => from !== to).length);
        expect(new Set(drawn).size).toBe(drawn.length);
        for (const [position, box] of boxes.entries()) {
          expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height).toBe(true);
          for (const other of boxes.slice(0, position)) expect(apart(box, other)).toBe(true);
          const { group } = graph.nodes[position]!;
          for (const { title, ...room } of groups) expect(apart(box, room)).toBe(title !== group);
        }
      },
    ),
    { numRuns: 15 * soak },
  );
}, 120_000);

test('the same team makes the same picture, byte for byte', async () => {
  const graph = teamGraph(loadText(org(60)).team, all);
  expect(await graphSvg(graph)).toBe(await graphSvg(graph));
});

test('a team without roles is an empty picture', async () => {
  const { team } = loadText('teamc: 1\nname: empty\nroles: {}\n');
  expect(elements(await graphSvg(teamGraph(team, all))).texts).toContain('empty: 0 roles, 0 relations');
});

test('five hundred roles fit into a picture not much wider than high', async () => {
  const graph = teamGraph(loadText(org(500)).team, { relations: ['delegates-to'], groupBy: 'auto' });
  const { width, height } = await layoutOf(graph, undefined);
  expect(width / height).toBeGreaterThan(0.8);
  expect(width / height).toBeLessThan(2.2);
  expect(width * height).toBeLessThan(500 * 17_000);
});

test('a team in which everybody delegates to everybody is drawn all the same, as a tree with curves across', async () => {
  const ids = Array.from({ length: 60 }, (_, at) => `r${at}`);
  const roles = ids.map(
    (id) =>
      `  ${id}: { description: D., tools: read, delegates-to: [${ids.filter((other) => other !== id).join(', ')}] }`,
  );
  const graph = teamGraph(loadText(`teamc: 1\nname: dense\nroles:\n${roles.join('\n')}\n`).team, all);
  const { lines } = await layoutOf(graph, undefined);
  expect(lines.flatMap(({ arcs }) => arcs).length).toBe(60 * 59);
}, 30_000);

test('who works with whom in a block is joined by a line beside the boxes, not behind them', async () => {
  const ids = Array.from({ length: 150 }, (_, at) => `r${at}`);
  const roles = ids.map((id, at) => {
    const peer = at % 5 === 0 ? `, collaborates-with: r${at + 2}` : '';
    return `  ${id}: { department: d${Math.floor(at / 30)}, description: D., tools: read${peer} }`;
  });
  const lead = `  lead: { description: D., tools: read, delegates-to: [${ids.join(', ')}] }`;
  const graph = teamGraph(loadText(`teamc: 1\nname: n\nroles:\n${[lead, ...roles].join('\n')}\n`).team, all);
  const { boxes, lines } = await layoutOf(graph, 'TB');
  expect(boxes.filter(({ small }) => small).length).toBe(150);
  const between = lines.filter(({ arcs }) => arcs[0]!.type === 'collaborates-with');
  expect(between.length).toBe(30);
  for (const { path } of between) {
    const inside = pointsOf(path).filter(({ x, y }) =>
      boxes.some((box) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height),
    );
    expect({ path, inside }).toEqual({ path, inside: [] });
  }
});

/** Points along a path that is one cubic curve. */
function pointsOf(path: string): readonly { readonly x: number; readonly y: number }[] {
  const [ax, ay, bx, by, cx, cy, dx, dy] = path.match(/-?[\d.]+/g)!.map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const at = (t: number, a: number, b: number, c: number, d: number): number =>
    (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t ** 2 * c + t ** 3 * d;
  return Array.from({ length: 49 }, (_, step) => (step + 1) / 50).map((t) => ({
    x: at(t, ax, bx, cx, dx),
    y: at(t, ay, by, cy, dy),
  }));
}
