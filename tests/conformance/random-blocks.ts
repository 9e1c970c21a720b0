import type { Decision } from '../../src/pattern/policy.ts';
import type { Random } from '../pattern/brute-force.ts';
import { neighbour } from './arguments.ts';
import type { PermissionBlock } from './opencode-client.ts';

const KEYS = ['*', 'bash', 'edit', 'read', 'task', 'skill', 'webfetch', 'my_*', '?ash', 'b*', 'my_server_*', 'BASH'];

const ASKED_KEYS = [
  'bash',
  'edit',
  'read',
  'task',
  'skill',
  'webfetch',
  'my_server_tool',
  'my_',
  'lash',
  'BASH',
  'lsp',
];

/** Patterns with everything in them that a matcher could read otherwise than opencode does. */
const PATTERNS = [
  '*',
  '**',
  '?',
  '',
  ' *',
  '* ',
  '* *',
  'git *',
  'git*',
  'git push *',
  'git  *',
  'git \\*',
  'git push --force*',
  '*.ts',
  'src/*',
  'src/**',
  'src/**/*.ts',
  'src\\*',
  'src/?.ts',
  '[ab].ts',
  '{a,b}.ts',
  '!a',
  '^a$',
  'a.b',
  'a+b',
  '(a|b)',
  'a|b',
  '~/x',
  '~',
  '~user/x',
  '$HOME/x',
  '$HOMEx',
  'ä*',
  '😀*',
  'A*',
  'line\n*',
  '\\',
  '42',
  '7',
];

/** A permission block by chance: keys and patterns in any order, some of them twice in other words. */
export function randomBlock(chance: Random): PermissionBlock {
  const decision = (): Decision => (['allow', 'ask', 'deny'] as const)[chance(3)]!;
  const one = (): string => PATTERNS[chance(PATTERNS.length)]!;
  const pattern = (): string => (chance(4) === 0 ? neighbour(one(), PATTERNS, chance) : one());
  return Object.fromEntries(
    Array.from({ length: 1 + chance(5) }, () => {
      const rules = Array.from({ length: 1 + chance(8) }, () => [pattern(), decision()] as const);
      return [KEYS[chance(KEYS.length)]!, chance(5) === 0 ? decision() : Object.fromEntries(rules)] as const;
    }),
  );
}

/** Calls that are near the patterns of a block: what they spell out, and small edits of it. */
export function callsOf(
  block: PermissionBlock,
  calls: number,
  chance: Random,
): readonly (readonly [permission: string, argument: string])[] {
  const patterns = Object.values(block).flatMap((value) => (typeof value === 'string' ? [] : Object.keys(value)));
  const spelled = patterns.flatMap((pattern) => [
    pattern.replaceAll('*', '').replaceAll('?', 'a'),
    pattern.replaceAll('*', 'x/y z').replaceAll('?', '/'),
    pattern.replace(/ \*$/, ''),
  ]);
  return Array.from({ length: calls }, () => {
    const argument = spelled[chance(spelled.length)] ?? 'a';
    return [
      ASKED_KEYS[chance(ASKED_KEYS.length)]!,
      chance(3) === 0 ? argument : neighbour(argument, PATTERNS, chance),
    ] as const;
  });
}
