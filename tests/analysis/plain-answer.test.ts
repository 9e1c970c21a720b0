import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainAnswers, plainExample } from '../../src/analysis/plain-answer.ts';
import { insideOf, type Probe } from '../../src/analysis/probe-search.ts';
import { decide } from '../../src/pattern/decide.ts';
import { findCall } from '../../src/pattern/find.ts';
import type { Decision, PatternRule, RuleList } from '../../src/pattern/policy.ts';
import { TOOLS, type Tool } from '../../src/team/tools.ts';

const SOAK = Number(process.env['TEAMC_SOAK'] ?? 1);

/** A list of rules from texts such as `deny git *`. */
function listOf(tool: Tool, texts: readonly string[], otherwise: Decision = 'ask'): RuleList {
  const rules = texts.map((text): PatternRule => {
    const [decision, ...words] = text.split(' ');
    return { dialect: TOOLS[tool], decision: decision as Decision, pattern: words.join(' ') };
  });
  return { rules, otherwise };
}

function answer(probe: string, ...lists: readonly RuleList[]): unknown {
  return plainAnswers({ tool: 'shell', pattern: probe })({ lists });
}

const shell = (...texts: readonly string[]): RuleList => listOf('shell', texts);

describe('Examples answer whether a role may make calls of a kind', () => {
  test.each<readonly [string, RuleList, unknown]>([
    // The first well-known call that is allowed.
    ['git push *', shell('allow git *'), { allow: 'git push' }],
    ['git push *', shell('deny *', 'allow git push origin *'), { allow: 'git push origin main' }],
    // None that is denied, and no answer where all are.
    ['git push *', shell('deny *'), undefined],
    ['git push *', shell('deny git *', 'allow npm *'), undefined],
    // One that is asked about only where nothing at all is allowed: an allowed one may be anywhere else.
    ['git push *', shell('ask *'), { ask: 'git push' }],
    ['git push *', shell('deny git push', 'ask git push --force'), { ask: 'git push --force' }],
    ['git push *', shell('ask *', 'allow git push --tags'), undefined],
    ['git push *', listOf('shell', ['ask git push *'], 'allow'), undefined],
    // A call that nobody knows, from the patterns themselves.
    ['frobnicate *', shell('deny *', 'allow frobnicate *'), { allow: 'frobnicate' }],
    ['frobnicate *', shell('deny *', 'allow * --all'), { allow: 'frobnicate --all' }],
    ['frobnicate * --all', shell('deny *', 'allow frobnicate widgets *'), { allow: 'frobnicate widgets --all' }],
    ['frobnicate *all', shell('deny *', 'allow * all now *'), { allow: 'frobnicate all now all' }],
    ['frobnicate * --all', shell('deny *', 'allow * --now *'), { allow: 'frobnicate --now --all' }],
    ['frobnicate * --all', shell('deny *', 'allow * --now'), undefined],
    // The shortest of them, and none that only a denial spells out.
    ['frobnicate *', shell('deny *', 'allow * --everything', 'allow * --all'), { allow: 'frobnicate --all' }],
    ['frobnicate *', shell('deny *', 'ask * --yes', 'deny * --no'), { ask: 'frobnicate --yes' }],
    ['frobnicate *', listOf('shell', ['deny * --no'], 'ask'), { ask: 'frobnicate' }],
  ])('inside %s, of %j', (probe, list, expected) => {
    expect(answer(probe, list)).toEqual(expected);
  });

  test('of the well-known calls the first eight are tried', () => {
    expect(answer('git *', shell('deny *', 'allow git diff --staged'))).toEqual({ allow: 'git diff --staged' });
    expect(answer('git *', shell('deny *', 'allow git add .'))).toBeUndefined();
    expect(answer('* .', shell('deny *', 'allow git add .'))).toEqual({ allow: 'git add .' });
  });

  test('where several lists hold, an allowed call must be allowed by each', () => {
    const lists = [shell('deny *', 'allow git *'), shell('ask git *', 'deny rm *')];
    expect(answer('git push *', ...lists)).toEqual({ ask: 'git push' });
    expect(answer('git push *', lists[0]!, shell('ask *', 'allow npm *'))).toBeUndefined();
    expect(answer('git push *', lists[0]!, shell('allow git push --force'))).toEqual({ allow: 'git push --force' });
  });

  test('what is left out of a question answers nothing', () => {
    const probe: Probe = { tool: 'shell', pattern: 'git push *', except: ['git push', 'git push --force *'] };
    expect(plainAnswers(probe)({ lists: [shell('deny *', 'allow git push --force *')] })).toBeUndefined();
    expect(plainAnswers(probe)({ lists: [shell('allow git push *')] })).toEqual({ allow: 'git push origin main' });
  });

  test('paths are answered as well, in the project and outside', () => {
    const edits = (pattern: string, ...texts: readonly string[]): unknown =>
      plainAnswers({ tool: 'edit', pattern })({ lists: [listOf('edit', texts)] });
    expect(edits('infra/**', 'deny *', 'allow infra/**')).toEqual({ allow: 'infra/main.tf' });
    expect(edits('/etc/**', 'deny **')).toEqual({ ask: '/etc/passwd' });
    expect(edits('/etc/**', 'allow **')).toBeUndefined();
    expect(edits('~/.ssh/**', 'allow ~/**')).toEqual({ allow: '~/.ssh/id_rsa' });
    expect(edits('infra/**', 'allow **', 'deny infra/**')).toBeUndefined();
  });

  test('and what they answer is true', () => {
    const pattern = fc
      .array(fc.constantFrom('git', 'push', '--force', '*', 'x', 'p*'), { minLength: 1, maxLength: 3 })
      .map((words) => words.join(' '));
    const rule = fc.tuple(fc.constantFrom('allow', 'ask', 'deny'), pattern).map((words) => words.join(' '));
    const list = fc
      .tuple(fc.array(rule, { maxLength: 4 }), fc.constantFrom<Decision>('allow', 'ask', 'deny'))
      .map(([rules, otherwise]) => listOf('shell', rules, otherwise));
    const seen = { allow: 0, ask: 0 };
    fc.assert(
      fc.property(pattern, fc.array(list, { minLength: 1, maxLength: 2 }), (asked, lists) => {
        const probe: Probe = { tool: 'shell', pattern: asked };
        const [[decision, example] = []] = Object.entries(plainAnswers(probe)({ lists }) ?? {});
        if (decision === undefined) return;
        seen[decision as keyof typeof seen]++;
        expect(decide({ lists: [insideOf(probe)] }, String(example)).decision).toBe('allow');
        expect(decide({ lists }, String(example)).decision).toBe(decision);
        const within = [{ dialect: 'command', pattern: asked }] as const;
        const allowed = findCall({ lists }, { within, decisions: ['allow'], domain: 'command' });
        expect(decision === 'allow' || allowed === 'none').toBe(true);
      }),
      { numRuns: 300 * SOAK },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(5 * SOAK);
  });
});

describe('An example of a question', () => {
  test.each<readonly [Probe, string | undefined]>([
    [{ tool: 'shell', pattern: 'git push *' }, 'git push'],
    [{ tool: 'shell', pattern: 'git push *', except: ['git push'] }, 'git push --force'],
    [{ tool: 'shell', pattern: 'frobnicate *' }, 'frobnicate'],
    [{ tool: 'shell', pattern: 'frobnicate *', except: ['frobnicate'] }, 'frobnicate x'],
    [{ tool: 'shell', pattern: 'frobnicate', except: ['frobnicate *'] }, undefined],
    [{ tool: 'edit', pattern: '/etc/**' }, '/etc/passwd'],
    [{ tool: 'edit', pattern: 'infra/**' }, 'infra/main.tf'],
  ])('of %j is %s', (probe, example) => {
    expect(plainExample(probe)).toBe(example);
  });
});
