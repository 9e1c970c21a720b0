import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { simulateJunit } from '../../src/report/simulate/simulate-junit.ts';
import { simulateMermaid } from '../../src/report/simulate/simulate-mermaid.ts';
import type { PlayedRun } from '../../src/report/simulate/simulate-result.ts';
import { judge } from '../../src/simulate/expectations.ts';
import { rulesMind } from '../../src/simulate/minds/rules.ts';
import { play } from '../../src/simulate/play.ts';
import { summarize } from '../../src/simulate/summary.ts';
import { describeInBrowser } from '../browser.ts';
import { text as hostileText } from '../graph/hostile-team.ts';
import { worldFrom } from '../simulate/played.ts';

const soak = Number(process.env['TEAMC_SOAK'] ?? 1);

/** A run in which every text that people write is a given one, with roles of names that are words elsewhere. */
function runWith(said: string, names: readonly [string, string, string]): PlayedRun {
  const [lead, dev, ops] = names;
  const quoted = JSON.stringify(said);
  const world = worldFrom(
    `name: shop
entry: "${lead}"
people: { boss: Decides }
roles:
  "${lead}": { tools: [read], delegates-to: [{ role: "${dev}", because: ${quoted} }, { role: "${ops}", approval: boss, when: { type: ops } }] }
  "${dev}": { tools: [shell], permissions: { shell: [allow: "*", { deny: "rm *", because: ${quoted} }] }, escalates-to: { role: "${lead}", because: ${quoted} } }
  "${ops}": { tools: [shell] }
`,
    `name: ${quoted}
request: ${JSON.stringify(`x ${said}`)}
tasks:
  a: { do: ${JSON.stringify(`x ${said}`)}, to: "${dev}", calls: { shell: ${JSON.stringify(`rm ${said}`)} } }
  b: { do: Move it, to: "${ops}", labels: { type: ops } }
expect: [{ name: ${JSON.stringify(`x ${said}`)}, never: failed }, { eventually: done }]
`,
  );
  const run = play(world, rulesMind);
  return { world, run, summary: summarize(world, run), verdicts: judge(world, run), documents: new Map() };
}

const NAMES: readonly (readonly [string, string, string])[] = [
  ['lead', 'dev', 'ops'],
  ['end', 'note', 'loop'],
  ['a/b', 'a-b', 'a_b'],
  ['participant', 'actor', 'rect'],
  ['box', 'user-2', 'p2_'],
];

const runs = fc
  .tuple(
    hostileText.filter((said) => said.trim() !== ''),
    fc.constantFrom(...NAMES),
  )
  .map(([said, names]) => runWith(said, names));

describe('junit', () => {
  test('is XML that counts its cases rightly, whatever people write', { timeout: 60_000 * soak }, () => {
    fc.assert(
      fc.property(runs, (played) => {
        const counted = { testcase: 0, failure: 0, skipped: 0 };
        const suites: Record<string, string>[] = [];
        const parser = new SaxesParser();
        parser.on('error', (error) => {
          throw error;
        });
        parser.on('opentag', ({ name, attributes }) => {
          if (name in counted) counted[name as keyof typeof counted]++;
          if (name === 'testsuite') suites.push(attributes as Record<string, string>);
        });
        parser.write(simulateJunit([played])).close();
        const [{ tests, failures, skipped } = {}] = suites;
        expect({ tests, failures, skipped }).toEqual({
          tests: String(counted.testcase),
          failures: String(counted.failure),
          skipped: String(counted.skipped),
        });
        expect(counted.testcase).toBe(2);
      }),
      { numRuns: 100 * soak },
    );
  });
});

/** What mermaid is in the page. */
interface Mermaid {
  initialize(options: object): void;
  parse(text: string): Promise<unknown>;
  render(id: string, text: string): Promise<{ readonly svg: string }>;
}

describeInBrowser('Mermaid itself', (open) => {
  const timeout = 60_000 * soak;
  test('draws a run, whatever people write: each who takes part once, each message and note', { timeout }, async () => {
    const { page, troubles } = await open();
    await page.addScriptTag({ path: 'node_modules/mermaid/dist/mermaid.min.js' });
    const draw = (given: string): Promise<{ actors: number; messages: number; notes: number }> =>
      page.evaluate(async (diagram) => {
        const { mermaid, DOMParser: Parser } = globalThis as unknown as {
          mermaid: Mermaid;
          DOMParser: new () => {
            parseFromString(text: string, type: string): { querySelectorAll(selector: string): { length: number } };
          };
        };
        mermaid.initialize({ startOnLoad: false });
        await mermaid.parse(diagram);
        const { svg } = await mermaid.render('drawn', diagram);
        const root = new Parser().parseFromString(svg, 'text/html');
        const number = (selector: string): number => root.querySelectorAll(selector).length;
        return { actors: number('.actor-line'), messages: number('.messageText'), notes: number('.note') };
      }, given);
    await fc.assert(
      fc.asyncProperty(runs, async (played) => {
        const given = simulateMermaid(played);
        const lines = given.trimEnd().split('\n');
        const number = (pattern: RegExp): number => lines.filter((line) => pattern.test(line)).length;
        expect(await draw(given)).toEqual({
          actors: number(/^ {2}(?:participant|actor) /),
          messages: number(/^ {2}\w+-(?:>>|->>|\))/),
          notes: number(/^ {2}Note over /),
        });
      }),
      { numRuns: 40 * soak },
    );
    expect(troubles).toEqual([]);
  });
});
