import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lint } from '../src/rules/lint.ts';
import { loadText } from './memory.ts';
import { blocksOf } from './pages/blocks.ts';

const page = readFileSync('docs/simulate.md', 'utf8');
const [, team = ''] = /^```yaml\n([\s\S]*?)^```$/m.exec(page) ?? [];
const commands = blocksOf('docs/simulate.md').flatMap(({ language, text }) => (language === 'sh' ? [text] : []));

describe('the page about simulation', () => {
  test('has a team without errors', () => {
    expect(lint(loadText(team)).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('shows every way to play', () => {
    const shown = ['--runs', '--compare', '--fork', '--exhaustive'].filter((option) =>
      commands.some((line) => line.includes(option)),
    );
    expect(shown).toEqual(['--runs', '--compare', '--fork', '--exhaustive']);
  });
});
