import { PROGRAMS } from '../analysis/programs.ts';
import { decide } from '../pattern/decide.ts';
import { type Decision, rank } from '../pattern/policy.ts';
import type { PermissionEntry } from '../team/permissions.ts';
import { hasTool, policyOf } from '../team/policy.ts';
import type { Role } from '../team/team.ts';
import { entryOf } from './cause.ts';
import type { Rule, RuleContext } from './rule.ts';
import { quoted } from './wording.ts';

/** A star at the end of a word goes on with any letters, and so with another program. */
export const loosePrefix: Rule = {
  id: 'loose-prefix',
  summary: 'A pattern for one program also lets another one through.',
  severity: 'warning',

  check(context) {
    const told = new Set<string>();
    for (const role of context.team.roles.values()) {
      if (!role.own || !hasTool(role, 'shell')) continue;
      for (const entry of role.rules) {
        const word = wordOf(entry);
        const place = JSON.stringify(entry.at);
        if (word === undefined || told.has(place)) continue;
        const stranger = strangerTo(word, entry, role);
        if (!stranger) continue;
        told.add(place);
        tell({ role, entry, word, ...stranger }, context);
      }
    }
  },
};

/** The word that the star of a pattern follows, where the pattern is nothing more and lets something through. */
function wordOf({ tool, pattern, decision }: PermissionEntry): string | undefined {
  return tool === 'shell' && decision !== 'deny' ? /^([\w.+-]*\w)\*$/.exec(pattern)?.[1] : undefined;
}

interface Stranger {
  readonly program: string;
  readonly decision: Decision;
}

/** A program that only the missing blank lets through: with it, the rules would be stricter. */
function strangerTo(word: string, entry: PermissionEntry, role: Role): Stranger | undefined {
  const policy = policyOf(role, 'shell');
  const place = JSON.stringify(entry.at);
  for (const program of PROGRAMS) {
    if (!program.startsWith(word) || program === word || isVersion(program.slice(word.length))) continue;
    const ruling = decide(policy, program);
    if (JSON.stringify(entryOf(role, 'shell', ruling)?.at) !== place) continue;
    const without = decide(
      { lists: policy.lists.map((list, at) => (at === ruling.list ? narrowed(list, entry.pattern, word) : list)) },
      program,
    );
    if (rank(without.decision) < rank(ruling.decision)) return { program, decision: ruling.decision };
  }
  return undefined;
}

type List = ReturnType<typeof policyOf>['lists'][number];

function narrowed(list: List, pattern: string, word: string): List {
  return {
    ...list,
    rules: list.rules.map((rule) => (rule.pattern === pattern ? { ...rule, pattern: `${word} *` } : rule)),
  };
}

/** Programs that also go by their name with a version, which the narrower pattern leaves out. */
const VERSIONED: ReadonlySet<string> = new Set(['clang', 'gcc', 'lua', 'nvim', 'perl', 'php', 'pip', 'python', 'ruby']);

/** Whether a name goes on as versions of one program do: `python3`, `pip3.12`. */
function isVersion(rest: string): boolean {
  return /^[\d.-]+$/.test(rest);
}

function tell(
  { role, entry, word, program, decision }: Stranger & { role: Role; entry: PermissionEntry; word: string },
  { report }: RuleContext,
): void {
  const better = `${word} *`;
  report({
    at: entry.at,
    role: role.id,
    message: `${quoted(entry.pattern)} also ${decision === 'allow' ? 'allows' : 'asks about'} ${quoted(program)}, which is another program than ${word}.`,
    help: `Write ${quoted(better)}: it covers ${word} alone and with arguments.`,
    fix: {
      title: `Write ${quoted(better)}`,
      safety: entry.decision === 'allow' && !VERSIONED.has(word) ? 'safe' : 'unsafe',
      edits: [{ at: entry.at, value: better }],
    },
  });
}
