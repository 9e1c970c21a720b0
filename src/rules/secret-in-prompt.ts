import { ownDocuments, rolesByFile } from './own-text.ts';
import type { Rule } from './rule.ts';

/** A secret in a prompt goes to every model, log and transcript that the prompt goes to, and stays in the history. */
export const secretInPrompt: Rule = {
  id: 'secret-in-prompt',
  summary: 'A file of the team holds what looks like a secret.',
  severity: 'error',

  check(context) {
    const roles = rolesByFile(context);
    for (const document of ownDocuments(context)) {
      for (const { 0: found, index, groups } of document.text.matchAll(SECRETS)) {
        const [name] = Object.entries(groups ?? {}).find(([, part]) => part !== undefined) ?? [];
        const { what, shown } = FORMATS[name ?? '']!;
        if (isPlaceholder(found.slice(shown.length))) continue;
        const role = roles.get(document.path);
        context.report({
          at: { file: document.path, pointer: [], span: [index, index + found.length] },
          ...(role ? { role: role.id } : {}),
          concealed: true,
          message: `This looks like ${what}: it begins with "${found.slice(0, shown.length)}".`,
          help: 'Revoke it where it was issued, since the history keeps it; let the role find it in the environment or a secret store.',
        });
      }
    }
  },
};

interface Format {
  readonly what: string;
  /** The part that tells the format, and nothing of the secret. */
  readonly shown: string;
  readonly pattern: string;
}

/** Formats that their issuers made to be recognized, with the least that their issuers' tokens have. */
const FORMATS: Readonly<Record<string, Format>> = {
  aws: { what: 'an access key of AWS', shown: 'AKIA', pattern: '(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])' },
  github: { what: 'a token of GitHub', shown: 'ghp_', pattern: 'gh[pousr]_[A-Za-z0-9]{36,}' },
  githubFine: { what: 'a token of GitHub', shown: 'github_pat_', pattern: 'github_pat_[A-Za-z0-9_]{60,}' },
  gitlab: { what: 'a token of GitLab', shown: 'glpat-', pattern: 'glpat-[A-Za-z0-9_-]{20,}' },
  anthropic: { what: 'a key of Anthropic', shown: 'sk-ant-', pattern: 'sk-ant-[A-Za-z0-9_-]{32,}' },
  openai: { what: 'a key of OpenAI', shown: 'sk-', pattern: 'sk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{40,}' },
  slack: { what: 'a token of Slack', shown: 'xoxb-', pattern: 'xox[abeprs]-[0-9]{8,}-[A-Za-z0-9-]{16,}' },
  slackHook: {
    what: 'a webhook of Slack',
    shown: 'hooks.slack.com/services/',
    pattern: 'hooks\\.slack\\.com/services/T[A-Z0-9]{8,}/B[A-Z0-9]{8,}/[A-Za-z0-9]{20,}',
  },
  stripe: { what: 'a live key of Stripe', shown: 'sk_live_', pattern: '[sr]k_live_[A-Za-z0-9]{20,}' },
  google: { what: 'a key of Google', shown: 'AIza', pattern: 'AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])' },
  npm: { what: 'a token of npm', shown: 'npm_', pattern: 'npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])' },
  pypi: { what: 'a token of PyPI', shown: 'pypi-', pattern: 'pypi-AgEI[A-Za-z0-9_-]{50,}' },
  huggingFace: { what: 'a token of Hugging Face', shown: 'hf_', pattern: 'hf_[A-Za-z]{34}(?![A-Za-z0-9])' },
  sendGrid: { what: 'a key of SendGrid', shown: 'SG.', pattern: 'SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}' },
  jwt: {
    what: 'a JSON Web Token',
    shown: 'eyJ',
    pattern: 'eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{20,}',
  },
  key: {
    what: 'a private key',
    shown: '-----BEGIN',
    pattern: '-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\\s+[A-Za-z0-9+/=]{20}',
  },
};

const SECRETS = new RegExp(
  `(?<![A-Za-z0-9_-])(?:${Object.entries(FORMATS)
    .map(([name, { pattern }]) => `(?<${name}>${pattern})`)
    .join('|')})`,
  'g',
);

/** Whether it only shows what a secret looks like. */
function isPlaceholder(secret: string): boolean {
  return (
    /example|placeholder|redacted|secret|your|dummy|x{4}|\.{3}|0{5}|12345/i.test(secret) || new Set(secret).size < 8
  );
}
