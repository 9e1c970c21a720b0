/** What a platform's own field takes, in words and as a check. */
interface Kind {
  readonly words: string;
  is(value: unknown): boolean;
}

const YES_OR_NO: Kind = { words: 'true or false', is: (value) => typeof value === 'boolean' };
const TEXT: Kind = { words: 'a text', is: (value) => typeof value === 'string' };
const NUMBER: Kind = { words: 'a number', is: (value) => typeof value === 'number' };
const EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'];

/** The fields that teamc passes on, of Claude Code 2.1.328 and opencode 1.18.34. */
const KINDS: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  'claude-code': {
    effort: {
      words: `${EFFORTS.join(', ')} or a whole number`,
      is: (value) => Number.isInteger(value) || EFFORTS.some((word) => word === value),
    },
    isolation: { words: 'worktree', is: (value) => value === 'worktree' },
    background: YES_OR_NO,
    omitClaudeMd: YES_OR_NO,
    initialPrompt: TEXT,
    autoCompactWindow: {
      words: 'a whole number from 100000 up',
      is: (value) => Number.isInteger(value) && (value as number) >= 100_000,
    },
  },
  opencode: {
    variant: TEXT,
    top_p: NUMBER,
    hidden: YES_OR_NO,
    disable: YES_OR_NO,
    options: {
      words: 'a map',
      is: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    },
  },
};

/** The platform's own fields that teamc passes on, with what they take in words. */
export function ownFields(target: string): readonly (readonly [field: string, takes: string])[] {
  return Object.entries(KINDS[target] ?? {}).map(([field, { words }]) => [field, words]);
}

/** What a platform's own field takes, where it does not take a value; nothing where it does, or where that is not known. */
export function wantedInstead(target: string, field: string, value: unknown): string | undefined {
  const kinds = KINDS[target] ?? {};
  const kind = Object.hasOwn(kinds, field) ? kinds[field] : undefined;
  return kind && !kind.is(value) ? kind.words : undefined;
}
