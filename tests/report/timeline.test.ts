import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { simulateHtml } from '../../src/report/simulate/simulate-html.ts';
import type { PlayedRun } from '../../src/report/simulate/simulate-result.ts';
import { judge } from '../../src/simulate/expectations.ts';
import { rulesMind } from '../../src/simulate/minds/rules.ts';
import { seededMind } from '../../src/simulate/minds/seeded.ts';
import { play } from '../../src/simulate/play.ts';
import { summarize } from '../../src/simulate/summary.ts';
import { describeInBrowser, type WatchedPage } from '../browser.ts';
import { worldFrom } from '../simulate/played.ts';

const TEAM = `name: shop
entry: lead
people: { boss: Decides }
roles:
  lead:
    tools: [read]
    delegates-to: [{ role: dev, keywords: login, gate: check }, { role: ops, keywords: server, approval: boss }]
    escalates-to: { person: boss }
  dev:
    tools: [edit, shell]
    permissions: { shell: [ask: "*", allow: "npm *", { deny: "rm *", because: not ours }] }
    escalates-to: lead
  ops: { tools: [shell], permissions: { shell: { allow: "*" } } }
`;

function playedOf(team: string, scenario: string, seed?: string): PlayedRun {
  const world = worldFrom(team, scenario);
  const run = play(world, seed === undefined ? rulesMind : seededMind(seed, 1));
  return { world, run, summary: summarize(world, run), verdicts: judge(world, run), documents: new Map() };
}

/** So many logins, each built, tested and gone wrong now and then. */
function logins(count: number): string {
  const tasks = Array.from(
    { length: count },
    (_, at) =>
      `  t${at}: { do: "Build login ${at}", to: dev, effort: [1h, 5h], calls: { shell: [npm test, rm -r a] } }`,
  );
  return `request: Build logins and a server
tasks:
${tasks.slice(0, -1).join('\n').replaceAll(', rm -r a', '')}
  last: { do: "Restart the server", to: ops, calls: { shell: "systemctl restart" } }
outcomes: { "*": { ok: 70%, red: 30% } }
limits: { steps: 1000000, wall: 3650d }
expect:
  - { name: all is well, eventually: done }
  - { name: nothing fails, never: failed }
`;
}

/** A page opened from a file, at a size. */
async function opened(
  open: () => Promise<WatchedPage>,
  played: readonly PlayedRun[],
  width = 1280,
): Promise<WatchedPage> {
  const file = join(mkdtempSync(join(tmpdir(), 'teamc-timeline-')), 'run.html');
  writeFileSync(file, simulateHtml(played));
  const watched = await open();
  await watched.page.setViewport({ width, height: 800 });
  await watched.page.goto(pathToFileURL(file).href);
  return watched;
}

describeInBrowser('the timeline of a run', (open) => {
  const text = (watched: WatchedPage, selector: string): Promise<string> =>
    watched.page.$eval(selector, (element) => element.textContent ?? '');
  const clock = (watched: WatchedPage): Promise<string> => text(watched, '#clock');

  test('opens from a file without any request, with every event in its log and its lanes', async () => {
    const played = playedOf(TEAM, logins(12), '1');
    const watched = await opened(open, [played]);
    expect(await watched.page.$$eval('#log li', (rows) => rows.length)).toBe(played.run.events.length);
    expect(await watched.page.$$eval('#names button', (names) => names.map((name) => name.textContent))).toEqual([
      'user',
      'lead',
      'dev',
      'boss',
      'ops',
    ]);
    expect(await text(watched, '#detail h2')).toBe('lead gets the request: Build logins and a server');
    expect(await watched.page.$$eval('.verdicts li', (items) => items.map(({ className }) => className))).toEqual([
      'kept',
      'broken',
    ]);
    expect(watched.troubles).toEqual([]);
  });

  test('is stepped through by buttons and keys, and played to its end', async () => {
    const played = playedOf(TEAM, 'request: Build a login\n');
    const count = played.run.events.length;
    const watched = await opened(open, [played]);
    const { page } = watched;
    expect(await clock(watched)).toBe(`0:00 · 1 of ${count}`);
    await page.click('#next');
    expect(await clock(watched)).toBe(`0:00 · 2 of ${count}`);
    await page.keyboard.press('End');
    expect(await clock(watched)).toBe(`0:30 · ${count} of ${count}`);
    await page.keyboard.press('ArrowLeft');
    expect(await clock(watched)).toBe(`0:30 · ${count - 1} of ${count}`);
    await page.keyboard.press('Home');
    await page.select('#speed', '25');
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('Space');
    await page.waitForFunction(`document.getElementById('clock').textContent.endsWith('${count} of ${count}')`);
    await page.waitForFunction(`document.getElementById('play').getAttribute('aria-label') === 'Play'`);
    expect(watched.troubles).toEqual([]);
  });

  test('gives the reason of an event to the pointer, and to the keyboard', async () => {
    const watched = await opened(open, [playedOf(TEAM, 'request: Build a login\n')]);
    const { page } = watched;
    await page.hover('.event[data-at="1"] circle');
    expect(await text(watched, '#tip')).toContain('the keyword "login"');
    await page.mouse.move(5, 700);
    expect(await page.evaluate(`document.getElementById('tip').hidden`)).toBe(true);
    await page.evaluate(`document.querySelector('.event[tabindex="0"]').focus()`);
    await page.keyboard.press('ArrowRight');
    expect(await text(watched, '#tip')).toContain('the keyword "login"');
    expect(await page.evaluate(`document.activeElement.getAttribute('aria-label')`)).toBe(
      '0:00, lead: dev gets it from lead, because: the keyword "login"',
    );
    await page.keyboard.press('Escape');
    expect(await page.evaluate(`document.getElementById('tip').hidden`)).toBe(true);
    expect(watched.troubles).toEqual([]);
  });

  test('is filtered by role', async () => {
    const played = playedOf(TEAM, logins(12), '1');
    const ofOps = played.run.events.filter(({ role, to, by }) => [role, to, by].includes('ops')).length;
    const watched = await opened(open, [played]);
    const { page } = watched;
    await page.click('#names button:nth-child(5)');
    expect(await page.$$eval('#log li', (rows) => rows.length)).toBe(ofOps);
    expect(await page.$eval('#names [aria-pressed="true"]', (name) => name.textContent)).toBe('ops');
    expect(await text(watched, '#said')).toBe(`${ofOps} of ${played.run.events.length} events`);
    await page.click('#all');
    expect(await page.$$eval('#log li', (rows) => rows.length)).toBe(played.run.events.length);
    expect(watched.troubles).toEqual([]);
  });

  test('holds five thousand events without being slow', async () => {
    const played = playedOf(TEAM, logins(1000), '7');
    expect(played.run.events.length).toBeGreaterThan(5000);
    const began = Date.now();
    const watched = await opened(open, [played]);
    const { page } = watched;
    await page.keyboard.press('End');
    expect(await clock(watched)).toContain(`${played.run.events.length} of ${played.run.events.length}`);
    expect(await page.$$eval('.event', (events) => events.length)).toBeLessThan(200);
    expect(Date.now() - began).toBeLessThan(15_000);
    expect(watched.troubles).toEqual([]);
  });

  test('shows hostile text as text, and runs none of it', async () => {
    const evil = '</script><script>document.title="owned"</script><img src=x onerror=alert(1)>\u202egnp.exe\u2028';
    const team = TEAM.replace('not ours', JSON.stringify(evil)).replace('name: shop', `name: ${JSON.stringify(evil)}`);
    const scenario = `name: ${JSON.stringify(evil)}
request: ${JSON.stringify(`Build a login ${evil}`)}
tasks: { login: { do: ${JSON.stringify(evil)}, to: dev, calls: { shell: ${JSON.stringify(`rm ${evil}`)} } } }
expect: [{ name: ${JSON.stringify(evil)}, never: failed }]
`;
    const watched = await opened(open, [playedOf(team, scenario)]);
    const shown = await text(watched, '#title');
    expect(shown.startsWith('</script><script>document.title="owned"</script><img src=x onerror=alert(1)>')).toBe(true);
    expect(shown).not.toMatch(/[\u202e\u2028]/);
    expect(await watched.page.title()).toBe(shown.trim());
    expect(await watched.page.$$('img')).toEqual([]);
    expect(await watched.page.$$eval('script', (scripts) => scripts.length)).toBe(2);
    expect(watched.troubles).toEqual([]);
  });

  test('shows several runs, one at a time', async () => {
    const watched = await opened(open, [
      playedOf(TEAM, 'request: Build a login\n'),
      playedOf(TEAM, 'request: Move the server\n'),
    ]);
    expect(await text(watched, '#title')).toBe('Build a login');
    await watched.page.select('#run', '1');
    expect(await text(watched, '#title')).toBe('Move the server');
    expect(await text(watched, '#detail h2')).toBe('lead gets the request: Move the server');
    expect(watched.troubles).toEqual([]);
  });

  test.each([320, 390, 768, 1280, 1920])('fits into %i pixels without scrolling sideways', async (width) => {
    const watched = await opened(open, [playedOf(TEAM, logins(12), '1')], width);
    await watched.page.keyboard.press('End');
    expect(await watched.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    const inSight = `const [box, row] = [document.getElementById('log'), document.querySelector('#log .here')].map((each) => each.getBoundingClientRect());
      row.top >= box.top - 1 && row.bottom <= box.bottom + 1`;
    expect(await watched.page.evaluate(inSight)).toBe(true);
    expect(watched.troubles).toEqual([]);
  });

  test.each(['light', 'dark'])('can be read in %s', async (scheme) => {
    const watched = await opened(open, [playedOf(TEAM, logins(12), '1')]);
    const { page } = watched;
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    for (const selector of [
      'h1',
      '#under',
      '#clock',
      '#names button',
      '#log li span',
      '#log time',
      '.verdicts span',
      '#detail .when',
      '#play',
    ])
      expect
        .soft(await page.evaluate(`(${CONTRAST})(document.querySelector(${JSON.stringify(selector)}))`), selector)
        .toBeGreaterThan(4.5);
  });
});

/** The contrast of an element's text with what lies behind it, as WCAG 2 reckons it; runs in the page. */
const CONTRAST = `(element) => {
  const channels = (colour) =>
    (colour.match(/[\\d.]+/g) ?? []).map((value) => Number(value) * (colour.startsWith('color(') ? 255 : 1));
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let behind = element;
  while (behind && getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)') behind = behind.parentElement;
  const back = behind ? getComputedStyle(behind).backgroundColor : 'rgb(255, 255, 255)';
  const [a, b] = [luminance(getComputedStyle(element).color), luminance(back)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}`;
