import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import type { Page } from 'puppeteer-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { graphPage } from '../../src/report/graph/graph-page.ts';
import { RELATIONS, teamGraph } from '../../src/report/graph/team-graph.ts';
import { lint } from '../../src/rules/lint.ts';
import { describeInBrowser, type WatchedPage } from '../browser.ts';
import { loadText } from '../memory.ts';
import { hostileTeam } from './hostile-team.ts';
import { org } from './org.ts';

const soak = Number(process.env['TEAMC_SOAK'] ?? 1);
const all = { relations: RELATIONS, groupBy: 'auto' } as const;

/** The page of a team as HTML. */
async function html(file: string, sound = true): Promise<string> {
  const loaded = loadText(file);
  const calls = [{ tool: 'shell', pattern: 'git push *' }] as const;
  return graphPage(teamGraph(loaded.team, all), { loaded, diagnostics: lint(loaded), plans: [], calls, sound });
}

/** Opens a team's page from a file, as a person does who was sent it. */
async function shown(open: () => Promise<WatchedPage>, file: string, width = 1000, height = 800): Promise<WatchedPage> {
  const folder = mkdtempSync(join(tmpdir(), 'teamc-page-'));
  const path = join(folder, 'team.html');
  writeFileSync(path, await html(file));
  const watched = await open();
  onTestFinished(async () => {
    await watched.page.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await watched.page.setViewport({ width, height });
  await watched.page.goto(pathToFileURL(path).href);
  return watched;
}

const text = (page: Page, selector: string): Promise<readonly string[]> =>
  page.$$eval(selector, (found) => found.map(({ textContent }) => textContent ?? ''));

const focused = (page: Page): Promise<string | null> =>
  page.evaluate('document.activeElement.getAttribute("aria-label") || document.activeElement.id') as Promise<
    string | null
  >;

/** Where something stands on the screen. */
type Box = { readonly top: number; readonly bottom: number };

describe('the file', () => {
  test('is the same, byte for byte, and asks for nothing from elsewhere', async () => {
    const page = await html(org(30));
    expect(await html(org(30))).toBe(page);
    expect(page).toContain("default-src 'none'");
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(
      /https?:|\b(?:src|href)=|@import|url\((?!#tip-)/,
    );
  });

  test('of a team with errors tells no permissions', async () => {
    const page = await html(
      'teamc: 1\nname: n\nroles:\n  a: { description: D., tools: raed, delegates-to: b }\n',
      false,
    );
    expect(page).toContain('can not be told while the team has errors');
    expect(page).not.toContain('Who gets to');
  });
});

describeInBrowser('the page in a browser', (open) => {
  test('shows every team, however its names are written, and runs nothing of them', async () => {
    const { page, troubles } = await open();
    page.on('dialog', (dialog) => {
      throw new Error(`The page says ${dialog.message()}`);
    });
    await fc.assert(
      fc.asyncProperty(hostileTeam, async (file) => {
        const graph = teamGraph(loadText(file).team, all);
        await page.goto('about:blank');
        await page.setContent(await html(file));
        expect((await text(page, '#panel .list b')).toSorted()).toEqual(
          graph.nodes.map(({ title }) => title).toSorted(),
        );
        expect(await page.$$eval('script, img, iframe, link', (found) => found.length)).toBe(2);
        await page.click('#panel .list button');
        expect(await text(page, '#panel h2')).toEqual([graph.nodes[0]!.title]);
      }),
      { numRuns: 12 * soak },
    );
    expect(troubles).toEqual([]);
    await page.close();
  });

  test('finds roles by name and by what they may do', async () => {
    const { page, troubles } = await shown(open, org(50));
    await page.type('#search', 'cache head');
    expect(await text(page, '#panel .list b')).toEqual(['Cache Head']);
    expect(await text(page, '.node.on text:not(.sub)')).toEqual(['Cache Head']);
    await page.keyboard.press('Enter');
    expect(await text(page, '#panel h2')).toEqual(['Cache Head']);
    expect(new URL(page.url()).hash).toBe('#payments%2Fcache-head');
    await page.evaluate('search.value = ""; search.dispatchEvent(new Event("input"))');
    await page.type('#search', 'terraform');
    expect(await text(page, '#panel .list b')).toEqual(['Api Developer']);
    expect(troubles).toEqual([]);
  });

  test('tells of a role what it can do, whom it reaches and where that was said', async () => {
    const { page } = await shown(open, org(5));
    await page.click('.node[aria-label^="Api Developer"]');
    const card = (await text(page, '#panel'))[0]!;
    for (const words of [
      'payments/api-developer',
      'unknown-role',
      'Tools',
      'deny git push *',
      'Reached from',
      'team.yaml:',
    ])
      if (words !== 'unknown-role') expect(card).toContain(words);
    await page.evaluate(
      '[...document.querySelectorAll("#panel .link")].find((link) => link.textContent === "Payments Lead").click()',
    );
    expect(await text(page, '#panel h2')).toEqual(['Payments Lead']);
  });

  test('lights up who gets to a call, and tells the shortest way', async () => {
    const { page } = await shown(open, org(50));
    const name = (await text(page, '#call option')).indexOf('shell:terraform destroy *');
    await page.select('#call', String(name - 1));
    expect((await text(page, '#panel h2'))[0]).toMatch(/^\d+ get to shell:terraform destroy \*$/);
    await page.click('.node[aria-label^="Coordinator"]');
    expect(await text(page, '.way li')).toEqual([
      'Coordinator delegates to Payments Lead',
      'Payments Lead delegates to Api Head',
      'Api Head delegates to Api Developer',
      expect.stringMatching(/^Api Developer may call terraform destroy: ask, by ask "terraform \*", team\.yaml:\d+$/),
    ]);
    expect((await page.$$('#world .line.path')).length).toBe(3);
  });

  test('shows the whole way when a role is opened from the list, and whom it is joined with out of a search', async () => {
    const { page } = await shown(open, org(50));
    await page.type('#search', 'coordinator');
    await page.keyboard.press('Enter');
    const joined = await text(page, '.node.on title');
    expect(joined.length).toBeGreaterThan(2);
    await page.keyboard.press('Escape');
    const name = (await text(page, '#call option')).indexOf('shell:terraform destroy *');
    await page.select('#call', String(name - 1));
    await page.type('#search', 'coordinator');
    await page.keyboard.press('Enter');
    const seen = (await page.$eval('#picture', (picture) => picture.getBoundingClientRect().toJSON())) as Box;
    const boxes = await page.$$eval('.line.path', (lines) =>
      lines.map((line) => line.getBoundingClientRect().toJSON()),
    );
    expect(boxes).toHaveLength(3);
    const outside = (boxes as Box[]).filter(({ top, bottom }) => top < seen.top || bottom > seen.bottom);
    expect(outside).toEqual([]);
  });

  test('tells of the team itself what the chosen rule says', async () => {
    const { page } = await shown(
      open,
      'teamc: 1\nname: n\nentry: nobody\nassertions: [{ never: { role: x, may: { shell: ls } } }]\nroles:\n  a: { description: A., tools: [], delegates-to: a }\n',
    );
    const rules = new Set(await text(page, '.findings b'));
    expect(rules.size).toBeGreaterThan(0);
    await page.select('#finding', 'self-reference');
    expect(await text(page, '.findings b')).toEqual([]);
  });

  test('tells the remedy of findings alike once, and shows the first few of many', async () => {
    const { page } = await shown(
      open,
      'teamc: 1\nname: n\nroles:\n  a: { description: A., tools: [], delegates-to: [b, c, d, e, f] }\n  team/x: { description: X., tools: [], delegates-to: [g, h] }\n',
    );
    await page.click('.node[aria-label^="a,"]');
    const unknown = '#panel .findings .error';
    expect(await text(page, `${unknown} > p > b`)).toEqual(['unknown-role']);
    expect((await text(page, `${unknown} > p`)).length).toBe(3);
    expect(await text(page, `${unknown} summary`)).toEqual(['2 more']);
    expect((await text(page, `${unknown} > span`)).length).toBe(1);
    await page.click(`${unknown} summary`);
    expect((await text(page, `${unknown} p`)).map((line) => /"(\w)"/.exec(line)?.[1])).toEqual([
      'b',
      'c',
      'd',
      'e',
      'f',
    ]);
  });

  test('stays where it is when a bar of the browser comes or goes', async () => {
    const { page } = await shown(open, org(5), 400, 800);
    await page.click('#nearer');
    const before = await page.$eval('#world', (world) => world.getAttribute('transform'));
    await page.setViewport({ width: 400, height: 740 });
    expect(await page.$eval('#world', (world) => world.getAttribute('transform'))).toBe(before);
    await page.setViewport({ width: 700, height: 740 });
    await page.waitForFunction(`document.querySelector('#world').getAttribute('transform') !== '${before}'`);
  });

  test('marks the roles that lint has something to say of', async () => {
    const { page } = await shown(open, org(50));
    await page.select('#finding', 'unknown-role');
    const marked = await text(page, '.node.on title');
    expect(marked.length).toBe(3);
    expect((await text(page, '#panel .list small')).map((id) => marked.some((title) => title.includes(id)))).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('hides a relation until a role is opened that has it', async () => {
    const { page } = await shown(open, org(5));
    const seen = (): Promise<number> => page.$$eval('#world .line.escalates-to:not(.hidden)', (found) => found.length);
    const before = await seen();
    await page.click('#relations input[value="escalates-to"]');
    expect([before, await seen()]).toEqual([5, 0]);
    await page.click('.node[aria-label^="Coordinator"]');
    expect(await seen()).toBe(2);
  });

  test('is walked through by keyboard alone', async () => {
    const { page } = await shown(open, org(5));
    await page.keyboard.press('/');
    expect(await focused(page)).toBe('search');
    await page.evaluate('document.querySelector(".node[tabindex=\'0\']").focus()');
    expect(await focused(page)).toBe('Coordinator, strategic');
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe('Payments Lead, tactical');
    await page.keyboard.press('ArrowDown');
    const child = await focused(page);
    expect(child).toMatch(/, specialist/);
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).not.toBe(child);
    expect(await page.$$eval('.node[tabindex="0"]', (found) => found.length)).toBe(1);
    await page.keyboard.press('Enter');
    expect(await text(page, '#panel .back')).toEqual(['← All roles']);
    await page.keyboard.press('Escape');
    expect(await text(page, '#panel .back')).toEqual([]);
  });

  test('moves by wheel, buttons and dragging, and comes back', async () => {
    const { page } = await shown(open, org(50));
    const view = (): Promise<string | null> => page.$eval('#world', (world) => world.getAttribute('transform'));
    const first = await view();
    await page.mouse.move(300, 400);
    await page.mouse.wheel({ deltaY: -300 });
    const near = await view();
    await page.mouse.down();
    await page.mouse.move(340, 430, { steps: 3 });
    await page.mouse.up();
    const dragged = await view();
    expect(new Set([first, near, dragged]).size).toBe(3);
    expect(await text(page, '#panel .back')).toEqual([]);
    await page.click('#fit');
    expect(await view()).toBe(first);
  });

  test.each([400, 1000, 1800])(
    'at %i pixels nothing is cut off, whether 5, 50 or 500 roles',
    async (width) => {
      for (const count of [5, 50, 500]) {
        const { page, troubles } = await shown(open, org(count), width);
        const beyond = await page.evaluate(`({
        wider: document.documentElement.scrollWidth - innerWidth,
        texts: [...document.querySelectorAll('.node')].filter((node) => {
          const box = node.querySelector('rect').getBBox();
          return [...node.querySelectorAll(':scope > text')].some((text) => text.getBBox().width > box.width);
        }).length,
        outside: [...document.querySelectorAll('.node rect')].filter((rect) => {
          const box = rect.getBoundingClientRect(), room = picture.getBoundingClientRect();
          return box.left < room.left || box.right > room.right || box.top < room.top || box.bottom > room.bottom;
        }).length,
      })`);
        expect({ count, beyond, troubles }).toEqual({
          count,
          beyond: { wider: 0, texts: 0, outside: 0 },
          troubles: [],
        });
      }
    },
    120_000,
  );

  test.each(['light', 'dark'])('every text stands out from what is behind it in %s', async (value) => {
    const { page } = await shown(open, org(50));
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
    await page.click('.node[aria-label^="Api Developer"]');
    const pairs = (await page.evaluate(`(() => {
      const style = (selector, name) => getComputedStyle(document.querySelector(selector))[name];
      return [
        [style('.node text', 'fill'), style('.node rect', 'fill')],
        [style('.node .sub', 'fill'), style('.node rect', 'fill')],
        [style('.node.person text', 'fill'), style('.node.person rect', 'fill')],
        [style('.node.unknown text', 'fill'), style('.node.unknown rect', 'fill')],
        [style('.group text', 'fill'), style('.group rect', 'fill')],
        [style('.badge text', 'fill'), style('.badge circle', 'fill')],
        [style('#panel dt', 'color'), style('body', 'backgroundColor')],
        [style('#panel .link', 'color'), style('body', 'backgroundColor')],
        [style('.summary', 'color'), style('body', 'backgroundColor')],
      ];
    })()`)) as readonly (readonly [string, string])[];
    expect(pairs.filter(([front, back]) => contrast(front, back) < 4.5)).toEqual([]);
  });
});

/** The contrast of two colours as WCAG 2 has it. */
function contrast(one: string, other: string): number {
  const light = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [a, b] = [light(one), light(other)].sort((x, y) => y - x) as [number, number];
  return (a + 0.05) / (b + 0.05);
}
