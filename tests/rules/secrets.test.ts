import { Chalk } from 'chalk';
import { describe, expect, test } from 'vitest';
import { pretty } from '../../src/report/pretty.ts';
import { lint } from '../../src/rules/lint.ts';
import { secretInPrompt } from '../../src/rules/secret-in-prompt.ts';
import { loadText } from '../memory.ts';

const MIXED = 'q7Zp3Lm5tRw2VkD9xB4nH8sJ6cF1gYuEaQ0oKiMv';

// Put together here, so that no tool that looks for secrets finds one in this file.
const SECRETS = {
  AWS: `AKI${'A'}QX7ZP3LM5TRW2VKD`,
  GitHub: `gh${'p'}_${MIXED}`,
  'GitHub, fine-grained': `github_${'pat'}_${MIXED}${MIXED}`,
  GitLab: `glpa${'t'}-${MIXED.slice(0, 20)}`,
  OpenAI: `sk-${'proj'}-${MIXED}`,
  Anthropic: `sk-${'ant'}-api03-${MIXED}`,
  Slack: `xox${'b'}-4081726359-${MIXED.slice(0, 24)}`,
  Stripe: `sk_${'live'}_${MIXED.slice(0, 24)}`,
  Google: `AIz${'a'}${MIXED.slice(0, 35)}`,
  npm: `npm${'_'}${MIXED.slice(0, 36)}`,
  'a private key': `-----BEGIN RSA ${'PRIVATE'} KEY-----\n      ${MIXED}`,
  'a JSON Web Token': `ey${'J'}hbGciOiJIUzI1NiJ9.eyJ${MIXED.slice(0, 20)}.${MIXED}`,
};

function found(text: string) {
  const loaded = loadText(`teamc: 1\nroles:\n  a:\n    description: x\n    instructions: |\n      Use ${text}\n`);
  return lint(loaded, { rules: [secretInPrompt] }).map((one) => pretty(one, loaded.documents, new Chalk({ level: 0 })));
}

describe('A secret in a prompt', () => {
  test.each(Object.entries(SECRETS))('of %s is found, and not shown', (_, secret) => {
    const [told = '', ...more] = found(secret);
    expect(more).toEqual([]);
    expect(told).toContain('error secret-in-prompt');
    expect(told).not.toContain(secret.slice(-20));
  });

  test.each([
    `gh${'p'}_${'x'.repeat(36)}`,
    `sk-${'ant'}-your-key-here-your-key-here-your-key-here`,
    `AKI${'A'}IOSFODNN7EXAMPLE`,
    'sk-learn-and-a-long-name-of-a-branch',
    'task-sk-1',
  ])('is not looked for in %s', (text) => {
    expect(found(text)).toEqual([]);
  });
});
