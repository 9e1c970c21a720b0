import { atoms } from '../../src/pattern/atoms.ts';
import { type Domain, domainList } from '../../src/pattern/domain.ts';
import type { Policy } from '../../src/pattern/policy.ts';
import { run } from '../../src/pattern/program.ts';
import { rulesOf, samplesFor } from '../../src/pattern/samples.ts';
import type { Random } from '../pattern/brute-force.ts';

/** Whether an argument is one of those that a question over the domain is about. */
export function inDomain(domain: Domain, argument: string): boolean {
  const { programs, ranks, otherwise } = domainList(domain);
  const last = programs.findLastIndex((program) => run(program, argument));
  return (last === -1 ? otherwise : ranks[last]!) > 0;
}

/**
 * Arguments at which policies are likely to differ: an example of every class on which they decide alike, and what their
 * patterns spell out. A question that is too hard leaves only the latter.
 */
export function telling(policies: readonly Policy[], domain: Domain): readonly string[] {
  const classes = atoms(policies, domain);
  const witnesses = classes === 'undecided' ? [] : classes.map(({ witness }) => witness);
  return [...new Set([...witnesses, ...samplesFor(domain, rulesOf(policies))])];
}

const LETTERS = [...' /.-*?abxAZ019_=:"\\\'~$@é€😀\n\t()[]{}|^+,;&<>'];

/** An argument a small edit or two away: a character less, more, other or doubled, a word less, two arguments joined. */
export function neighbour(argument: string, others: readonly string[], chance: Random): string {
  const edited = edit(argument, others, chance);
  return chance(3) === 0 ? edit(edited, others, chance) : edited;
}

function edit(argument: string, others: readonly string[], chance: Random): string {
  const at = chance(argument.length + 1);
  const [before, after] = [argument.slice(0, at), argument.slice(at)];
  const letter = LETTERS[chance(LETTERS.length)]!;
  const other = others[chance(others.length)] ?? '';
  switch (chance(9)) {
    case 0:
      return before + after.slice(1);
    case 1:
      return before + letter + after;
    case 2:
      return before + letter + after.slice(1);
    case 3:
      return before + after.slice(0, 1) + after;
    case 4:
      return before;
    case 5:
      return argument.replace(/[ /][^ /]*$/, '');
    case 6:
      return `${argument}${[' ', '/', ''][chance(3)]}${other}`;
    case 7:
      return before + other.slice(chance(other.length + 1));
    default:
      return after.length > 0 && chance(2) === 0 ? before + after[0]!.toUpperCase() + after.slice(1) : `${argument} x`;
  }
}

const WORDS: Readonly<Record<Domain, string>> = {
  command:
    'git npm npx terraform kubectl docker make go cargo pytest python rm ls cat run test build push status apply plan -- -f --force -n prod src/a.ts . "a b" install get pods',
  path: 'src docs api web infra tests lib .env .env.local README.md a.ts b.py main.tf .claude agents x.pem data.sql index.html v1 secrets team.yaml roles',
  'outside-path': '.. ~ etc tmp home .ssh id_rsa hosts',
  url: 'https://example.com http://localhost:3000 docs api v1 index.html ?q=1 https://docs.aws.amazon.com',
  name: 'lead developer backend frontend senior qa build explore general plan a-b a/b x1',
  any: 'a b c / . *',
};

const BETWEEN: Readonly<Record<Domain, string>> = {
  command: ' ',
  path: '/',
  'outside-path': '/',
  url: '/',
  name: '-',
  any: '',
};

/** An argument made of words that such arguments are made of. */
export function plausible(domain: Domain, chance: Random): string {
  const words = WORDS[domain].split(' ');
  return Array.from({ length: 1 + chance(5) }, () => words[chance(words.length)]!).join(BETWEEN[domain]);
}
