import { describe, expect, test } from 'vitest';
import { decideCommand } from '../../src/pattern/decide-command.ts';
import type { Decision, Dialect, Policy } from '../../src/pattern/policy.ts';
import { splitCommand } from '../../src/pattern/split-command.ts';
import { random, soak } from './brute-force.ts';

function texts(line: string): readonly string[] {
  return splitCommand(line).parts.map(({ text }) => text);
}

/** A shell's expansion with braces. */
function braced(body: string): string {
  return `\${${body}}`;
}

describe('a command line is split as a shell would split it:', () => {
  test('at operators and newlines', () => {
    expect(texts('a && b || c; d | e |& f & g\nh')).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
    expect(texts(' git   push\t origin ')).toEqual(['git push origin']);
    expect(texts('echo a\\\n  b')).toEqual(['echo a b']);
    expect(texts('a # b; c\nd#e')).toEqual(['a', 'd#e']);
    expect(texts('')).toEqual([]);
  });

  test('not within quotes', () => {
    expect(texts(`git commit -m "a; b && 'c"  'd | "e' f\\;g`)).toEqual([`git commit -m "a; b && 'c" 'd | "e' f\\;g`]);
  });

  test('into subshells, groups and the commands of loops and conditions', () => {
    expect(texts('(cd a && rm b); { ls; }')).toEqual(['cd a', 'rm b', 'ls']);
    expect(texts('if test -f a; then rm a; elif b; then c; else d; fi')).toEqual(['test -f a', 'rm a', 'b', 'c', 'd']);
    expect(texts('for f in *.ts $(ls); do cat "$f"; done')).toEqual(['ls', 'cat "$f"']);
    expect(texts('while ! git push; do sleep 1; done')).toEqual(['git push', 'sleep 1']);
    expect(texts('time -p git push')).toEqual(['git push']);
  });

  test('into substitutions, which are parts beside the command that holds them', () => {
    expect(texts('echo $(rm x) "$(git push)" `who`')).toEqual([
      'rm x',
      'git push',
      'echo $(rm x) "$(git push)" `who`',
      'who',
    ]);
    expect(texts('diff <(ls a) >(tee b)')).toEqual(['ls a', 'tee b', 'diff <(ls a) >(tee b)']);
    expect(texts('a `b \\`c\\``')).toEqual(['a `b \\`c\\``', 'b `c`', 'c']);
    expect(texts("echo '$(rm x)'")).toEqual(["echo '$(rm x)'"]);
    expect(texts('cat <<< "$(x)"')).toEqual(['x', 'cat']);
  });

  test('into the scripts that are given to a shell', () => {
    expect(texts("sh -c 'git push && npm test'").slice(1)).toEqual(['git push', 'npm test']);
    expect(texts(`bash -lc "bash -c 'rm z'"`).slice(1)).toEqual(["bash -c 'rm z'", 'rm z']);
    expect(texts('sudo /bin/bash -o pipefail -c -- "q r"').slice(1)).toEqual(['q r']);
    expect(texts('bash run.sh -c x')).toEqual(['bash run.sh -c x']);
    expect(texts('command git push')).toEqual(['command git push', 'git push']);
  });

  test('with the text of here-documents, which is no command', () => {
    expect(texts(`git commit -m "$(cat <<'EOF'\ndon't (worry; rm x\nEOF\n)" && ls`)).toEqual([
      'cat',
      `git commit -m "$(cat <<'EOF'\ndon't (worry; rm x\nEOF\n)"`,
      'ls',
    ]);
    expect(splitCommand('cat > f <<-EOF\n\ta $(rm y)\n\tEOF\nls')).toEqual({
      parts: ['cat', 'rm y', 'ls'].map((text) => ({ text, assignments: '' })),
      writes: ['f'],
    });
  });

  test('with redirections and assignments taken off', () => {
    expect(splitCommand('FOO=1 BAR="x y" npm test >out.txt 2>&1')).toEqual({
      parts: [{ text: 'npm test', assignments: 'FOO=1 BAR="x y"' }],
      writes: ['out.txt'],
    });
    expect(splitCommand('x <in 2>/dev/null >>log &>all >|forced 3>&- {fd}>"g h" >& both').writes).toEqual([
      'log',
      'all',
      'forced',
      'g h',
      'both',
    ]);
    expect(splitCommand('A=1').parts).toEqual([{ text: '', assignments: 'A=1' }]);
    expect(splitCommand('echo A=1').parts).toEqual([{ text: 'echo A=1', assignments: '' }]);
    expect(splitCommand('make -j2 2> err').writes).toEqual(['err']);
  });

  test('with a reading without needless quotes', () => {
    expect(splitCommand('"git" pu\\sh "a b"').parts).toEqual([
      { text: '"git" pu\\sh "a b"', plain: 'git push "a b"', assignments: '' },
    ]);
  });

  test('and what cannot be split is said', () => {
    const open = [
      'eval "x"',
      'trap "rm x" EXIT',
      '$cmd a',
      '"$cmd" a',
      '`x` a',
      '{git,push}',
      'g?t push',
      'echo "a',
      "echo 'a",
      'echo `a',
      'echo $(a',
      '(a',
      'a)',
      'a \\',
      'case x in a) b;; esac',
      'f() { a; }',
      'function f { a; }',
      'a=(b c)',
      '((x++))',
      'echo $((1+2))',
      'echo $[1]',
      '[[ -f a ]]',
      `echo ${braced('x:-$(y)')}`,
      `echo ${braced('x@P')}`,
      'sh -c "$x"',
      'bash $x',
      'curl x | sh',
      'curl x | sudo bash',
      'bash <<E\nrm x\nE',
      'a > $f',
      'a > *.x',
      'a >',
      'cat <<E\nx',
      `$'rm' x`,
      `${'('.repeat(100)}a${')'.repeat(100)}`,
      `${'echo $('.repeat(100)}a`,
    ];
    for (const line of open) expect([line, splitCommand(line).unsplittable]).toEqual([line, expect.any(String)]);
    const fine = [
      '[ -f a ] && b',
      `echo $x ${braced('y')} ${braced('z:-a')} "$?"`,
      'ls *.ts',
      './run.sh',
      '~/bin/x',
      'which bash',
      "echo $'a\\'b'",
      'grep foo$ a',
    ];
    for (const line of fine) expect([line, splitCommand(line).unsplittable]).toEqual([line, undefined]);
  });

  test('and whatever the line, it ends and does not throw', () => {
    const chance = random(3);
    const pieces = [
      'a',
      ' ',
      '"',
      "'",
      '`',
      '$(',
      ')',
      '(',
      '<',
      '>',
      '<<',
      'E',
      '\n',
      ';',
      '&',
      '|',
      '\\',
      '${',
      '}',
      '#',
      'sh -c ',
      '=',
      '{',
      '$',
    ];
    for (let at = 0; at < soak(3_000); at += 1)
      splitCommand(Array.from({ length: chance(20) }, () => pieces[chance(pieces.length)]).join(''));
    for (const piece of [...pieces, 'command ', 'sh -c \\"'])
      expect(splitCommand(piece.repeat(5_000)).parts.length).toBeLessThan(5_001);
  });
});

describe('a command line is as allowed as its least allowed part:', () => {
  const rules = (dialect: Dialect, otherwise: Decision, ...list: readonly [Decision, string][]): Policy => ({
    lists: [{ rules: list.map(([decision, pattern]) => ({ dialect, pattern, decision })), otherwise }],
  });
  const shell = rules(
    'command',
    'ask',
    ['allow', 'npm *'],
    ['allow', 'git *'],
    ['deny', 'git push *'],
    ['allow', 'echo *'],
    ['allow', 'cat *'],
    ['allow', 'sh *'],
  );
  const edit = rules('path', 'deny', ['allow', 'out/**'], ['ask', 'docs/**']);

  test('each of these lines', () => {
    const lines: readonly [string, Decision][] = [
      ['npm test', 'allow'],
      ['npm test && git status', 'allow'],
      ['npm test && git push', 'deny'],
      ['npm test; ls', 'ask'],
      ['git   push', 'deny'],
      ['"git" push', 'deny'],
      ['g\\it push', 'deny'],
      ['echo $(git push)', 'deny'],
      ["sh -c 'npm test'", 'allow'],
      ["sh -c 'git push'", 'deny'],
      ['FOO=1 npm test', 'ask'],
      ['FOO=1 git push', 'deny'],
      ['PATH=.', 'ask'],
      ['npm test > out/log', 'allow'],
      ['npm test > docs/log', 'ask'],
      ['npm test > out/../src/a', 'deny'],
      ['npm test > /etc/x', 'deny'],
      ['npm test 2>/dev/null', 'allow'],
      ['echo "a', 'ask'],
      ['eval "npm test"', 'ask'],
      ['$x; git push', 'deny'],
      ['', 'ask'],
    ];
    for (const [line, decision] of lines)
      expect([line, decideCommand(shell, line, edit).decision]).toEqual([line, decision]);
  });

  test('and the reason is given', () => {
    expect(decideCommand(shell, 'npm test; git push && ls').because).toEqual({
      kind: 'part',
      text: 'git push',
      ruling: { decision: 'deny', list: 0, rule: 2 },
    });
    expect(decideCommand(shell, 'npm test > x').because).toEqual({ kind: 'write', path: 'x', ruling: undefined });
    expect(decideCommand(shell, 'A=1 npm test').because).toEqual({ kind: 'assignment', text: 'npm test' });
    expect(decideCommand(shell, 'echo "a').because).toEqual({
      kind: 'unsplittable',
      reason: 'a quote is never closed',
    });
  });
});
