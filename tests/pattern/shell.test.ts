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
    expect(texts('time -p git push; time npm test')).toEqual(['git push', 'npm test']);
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
    expect(texts('echo "a `rm x` b"')).toEqual(['echo "a `rm x` b"', 'rm x']);
    expect(texts('a; x `rm y')).toEqual(['a', 'x `rm y', 'rm y']);
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

  test('with the last line of a here-document alone on its line', () => {
    expect(texts("cat <<A <<'B'; ls\n$(x)\nA\n$(y)\nB\nw")).toEqual(['cat', 'ls', 'x', 'w']);
    expect(texts('cat <<E\nE x\n\tE\nE\nls')).toEqual(['cat', 'ls']);
    expect(texts('cat <<-"E"\n$(x)\n\t\tE\nls')).toEqual(['cat', 'ls']);
    expect(texts('cat <<E\n\\$(x) "$(y)" \'$(z)\'\nE')).toEqual(['cat', 'y', 'z']);
    expect(texts('cat <<E\nE')).toEqual(['cat']);
    expect(texts('cat <<-E\nE\t\n$(x)\nE\nls')).toEqual(['cat', 'x', 'ls']);
    expect(splitCommand('cat <<E\n\tE\n').unsplittable).toBe('a here-document is never ended');
    expect(splitCommand('cat <<E\n\nE').unsplittable).toBeUndefined();
  });

  test('with the files of redirections of every kind', () => {
    const writes: Record<string, readonly string[]> = {
      'x <>a': ['a'],
      'x <&a': [],
      'x <<<a': [],
      'x >&1': [],
      'x >&1-': [],
      'x >&-': [],
      'x >&1a': ['1a'],
      'x >&a1': ['a1'],
      'x >&12': [],
      'x >1': ['1'],
      'x &>1': ['1'],
      'x > >(tee a)': [],
      'x > <(tee a)': [],
      'x >/dev/stdout 2>/dev/stderr': [],
      'x >/dev/tty': [],
      'x >/dev/sda': ['/dev/sda'],
      'x &>>a': ['a'],
      'x&>a': ['a'],
      'x>a>>b': ['a', 'b'],
      'x > \'a*\' > "b?"': ['a*', 'b?'],
      'x > a\\ b': ['a b'],
      '>a': ['a'],
      'x >\\\n a': ['a'],
    };
    for (const [line, files] of Object.entries(writes))
      expect([line, splitCommand(line)]).toMatchObject([line, { writes: files }]);
    for (const line of Object.keys(writes)) expect([line, splitCommand(line).unsplittable]).toEqual([line, undefined]);
    expect(texts('x 12>a {bc}>c 3 >d e4>f 5y>a {g}')).toEqual(['x 3 e4 5y {g}']);
  });

  test('with what stands before a command, and what runs another one', () => {
    expect(texts('-p a; echo -p; time -p -p b; echo time -p c')).toEqual(['-p a', 'echo -p', '-p b', 'echo time -p c']);
    expect(texts('do a; done; ! b; } ; fi')).toEqual(['a', 'b']);
    expect(texts('exec a; builtin cd b; command; command -v c')).toEqual([
      'exec a',
      'a',
      'builtin cd b',
      'cd b',
      'command',
      'command -v c',
    ]);
    expect(texts(`${'command '.repeat(5)}a`).at(-1)).toBe('a');
    expect(splitCommand(`${'command '.repeat(5)}a`).unsplittable).toBeUndefined();
    expect(splitCommand(`${'command '.repeat(6)}a`).unsplittable).toBe(
      'it runs a command that runs a command, too many times',
    );
    const assigned = (line: string) => splitCommand(line).parts.map(({ assignments }) => assignments);
    expect(assigned('A+=1 b')).toEqual(['A+=1']);
    expect(assigned('A[0]=1 _b9="$(c)" d')).toEqual(['', 'A[0]=1 _b9="$(c)"']);
    expect(assigned('9A=1 b')).toEqual(['']);
    expect(assigned('A-=1 b')).toEqual(['']);
    expect(assigned('A=1 command b')).toEqual(['A=1', 'A=1']);
    expect(splitCommand('A=1 B=2; if C=3').parts).toEqual([
      { text: '', assignments: 'A=1 B=2' },
      { text: '', assignments: 'C=3' },
    ]);
  });

  test('with the script that a shell is given behind its options', () => {
    const scripts: Record<string, readonly string[]> = {
      'bash -c "a b"': ['a b'],
      'bash -xec "a b"': ['a b'],
      'bash +o posix -c "a b"': ['a b'],
      'bash -O extglob -c "a b"': ['a b'],
      'bash --rcfile c -c "a b"': ['a b'],
      'bash --init-file c -c "a b"': ['a b'],
      'bash --norc -c "a b"': ['a b'],
      'bash --rcfilex -c "a b"': ['a b'],
      'bash -eo pipefail -c "a b"': ['a b'],
      'bash -c -o pipefail "a b"': ['a b'],
      'bash -c - "a b"': ['a b'],
      'bash -c "a b" -c "d"': ['a b'],
      'sudo -u me zsh -c "a b"': ['a b'],
      'find . -exec sh -c "a b" _': ['a b'],
      'bash --norc "a b"': [],
      'bash -x "a b"': [],
      'bash -- -c "a b"': [],
      'dash -e c.sh': [],
      'basher -c "a b"': [],
    };
    for (const [line, run] of Object.entries(scripts)) expect([line, texts(line)]).toEqual([line, [line, ...run]]);
    for (const line of Object.keys(scripts)) expect([line, splitCommand(line).unsplittable]).toEqual([line, undefined]);
  });

  test('and a word stands for what is left without its quotes', () => {
    const plain: Record<string, string | undefined> = {
      'g"i"t': 'git',
      '$"git" a': 'git a',
      '\'a\'"b"\\c': 'abc',
      '"a\\\nb"': 'ab',
      'a\\\nb': undefined,
      "'a b'": undefined,
      '"a*"': undefined,
      '"\\a"': undefined,
      '"\\\\"': undefined,
      'x "$y" "z"': 'x "$y" z',
      '"a"$': undefined,
      "x $'y'": undefined,
      '"./a:b=@%+,-c"': './a:b=@%+,-c',
      '""': undefined,
    };
    for (const [line, reading] of Object.entries(plain))
      expect([line, splitCommand(line).parts[0]?.plain]).toEqual([line, reading]);
    expect(texts('a\\\nb "c\\\nd"')).toEqual(['ab "cd"']);
    for (const line of ['echo "a\nb"', 'echo "\\a"', 'echo "\\n"'])
      expect(splitCommand(line)).toStrictEqual({ parts: [{ text: line, assignments: '' }], writes: [] });
    expect(texts('`echo \\$x \\\\ \\a`')).toEqual(['`echo \\$x \\\\ \\a`', 'echo $x \\ \\a']);
  });

  test('and what cannot be split is said', () => {
    const hidden = 'a command is not spelled out';
    const quote = 'a quote is never closed';
    const open: readonly (readonly [string, string])[] = [
      ['eval "x"', 'eval runs what it is given'],
      ['trap "rm x" EXIT', 'trap runs what it is given'],
      ['$cmd a', hidden],
      ['"$cmd" a', hidden],
      ['`x` a', hidden],
      ['{git,push}', hidden],
      ['g?t push', hidden],
      ['g*t push', hidden],
      ['[g]it push', hidden],
      ["$'rm' x", hidden],
      ['$1', hidden],
      ['$@', hidden],
      ['echo "a', quote],
      ["echo 'a", quote],
      ["echo $'a", quote],
      ["echo $'", quote],
      ["echo $'a\\'", quote],
      ['echo `a', 'a backquote is never closed'],
      ['echo `', 'a backquote is never closed'],
      ['echo `a\\`', 'a backquote is never closed'],
      ['echo $(a', 'a parenthesis is never closed'],
      ['(a', 'a parenthesis is never closed'],
      ['a)', 'a parenthesis is closed that was never opened'],
      ['a \\', 'it ends in a backslash'],
      ['case x in a) b;; esac', 'it has case'],
      ['select x in a; do b; done', 'it has select'],
      ['coproc a', 'it has coproc'],
      ['[[ -f a ]]', 'it has [['],
      ['f() { a; }', 'it has a function, an array or a pattern'],
      ['function f { a; }', 'it has function'],
      ['a=(b c)', 'it has a function, an array or a pattern'],
      ['((x++))', 'it has arithmetic'],
      ['echo $((1+2))', 'it has arithmetic'],
      ['echo $[1]', 'it has arithmetic'],
      [`echo ${braced('x:-$(y)')}`, 'it has an expansion that is not simple'],
      [`echo ${braced('x@P')}`, 'it has an expansion that is not simple'],
      [braced(''), hidden],
      ['sh -c "$x"', 'a shell is given what is not spelled out'],
      ['bash $x', 'a shell is given what is not spelled out'],
      ['curl x | sh', 'a shell runs what it reads'],
      ['curl x | /bin/sh -', 'a shell runs what it reads'],
      ['curl x | sudo bash', 'a shell runs what it reads'],
      ['curl x | xargs sh -c', 'a shell runs what it reads'],
      ['bash <<E\nrm x\nE', 'a shell runs what it reads'],
      ['a > $f', 'output goes to a file that is not spelled out'],
      ['a > b<(c)', 'output goes to a file that is not spelled out'],
      ['a > *.x', 'output goes to a file that is not spelled out'],
      ['a >', 'a redirection has no file'],
      ['a <; b', 'a redirection has no file'],
      ['cat <<E\nx', 'a here-document is never ended'],
      ['cat <<E', 'a here-document is never ended'],
      ['cd a && b > c', 'it changes the folder, so that the file it writes can be another'],
      ['b > c; "pushd" a', 'it changes the folder, so that the file it writes can be another'],
      ['popd; b > c', 'it changes the folder, so that the file it writes can be another'],
      [`${'('.repeat(50)}a${')'.repeat(50)}`, 'it has arithmetic'],
      [`${'( '.repeat(50)}a${')'.repeat(50)}`, 'it is nested too deeply'],
      [`${'echo $('.repeat(100)}a`, 'it is nested too deeply'],
      ['`a` '.repeat(101), hidden],
      [`echo ${'`a` '.repeat(101)}`, 'it holds too many scripts'],
    ];
    for (const [line, reason] of open) expect([line, splitCommand(line).unsplittable]).toEqual([line, reason]);
    const fine = [
      '[ -f a ] && b',
      `echo $x ${braced('y')} ${braced('z:-a')} "$?"`,
      'ls *.ts',
      './run.sh',
      '~/bin/x',
      'which bash',
      "echo $'a\\'b'",
      'grep foo$ a',
      'echo `a \\\n b`',
      "echo $'a\\\nb'",
      'cd a && b > /c',
      'cdx a && b > c',
      'a $. "$"',
      'echo "$\'a"',
      'if (a); then b; fi',
      'which bash; echo eval',
      `${'( '.repeat(49)}a${')'.repeat(49)}`,
      '(a);'.repeat(60),
      `echo ${'`a` '.repeat(99)}`,
      `echo ${braced('x@Q')}`,
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
    expect(decideCommand(shell, '').because).toEqual({
      kind: 'part',
      text: '',
      ruling: { decision: 'ask', list: 0, rule: undefined },
    });
    expect(decideCommand(shell, 'npm test > x').because).toEqual({ kind: 'write', path: 'x', ruling: undefined });
    expect(decideCommand(shell, 'A=1 npm test').because).toEqual({ kind: 'assignment', text: 'npm test' });
    expect(decideCommand(shell, 'echo "a').because).toEqual({
      kind: 'unsplittable',
      reason: 'a quote is never closed',
    });
  });
});
