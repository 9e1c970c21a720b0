import { describe, expect, test } from 'vitest';
import { readDocument } from '../../src/document/read.ts';
import { suppressions } from '../../src/document/suppressions.ts';

const found = (text: string, path = 'team.yaml') => suppressions(readDocument({ path, text }));

describe('a suppression', () => {
  test('is a comment above a line of YAML', () => {
    expect(found('a: b\n  # teamc-ignore no-tools: it only talks\nc: d\n')).toEqual([
      { rules: ['no-tools'], why: 'it only talks', line: 2, appliesTo: 3 },
    ]);
  });

  test('may name several rules, or none for all, and may lack its reason', () => {
    expect(
      found('# teamc-ignore a, b: why: so\n# teamc-ignore\n\n# another comment\nc: d\n# teamc-ignore all\n'),
    ).toEqual([
      { rules: ['a', 'b'], why: 'why: so', line: 1, appliesTo: 5 },
      { rules: 'all', why: '', line: 2, appliesTo: 5 },
      { rules: 'all', why: '', line: 6, appliesTo: 7 },
    ]);
  });

  test('is none inside of a text, behind a value, or as part of another word', () => {
    expect(
      found(
        'a: |\n  # teamc-ignore x: y\nb: "\n  # teamc-ignore x: y"\nc: d # teamc-ignore x: y\n# teamc-ignore-me x\n',
      ),
    ).toEqual([]);
  });

  test('is an HTML comment in a Markdown body, and a YAML comment in its front matter', () => {
    const text =
      '---\r\n# teamc-ignore a: b\r\nname: A\r\n---\r\n# teamc-ignore heading\r\n\r\n<!-- teamc-ignore c, d: e -->\r\n\r\nDo it.\r\n';
    expect(found(text, 'roles/a.md')).toEqual([
      { rules: ['a'], why: 'b', line: 2, appliesTo: 3 },
      { rules: ['c', 'd'], why: 'e', line: 7, appliesTo: 9 },
    ]);
  });

  test('is found in a file that cannot be read', () => {
    expect(found('# teamc-ignore a: b\nname: "\n')).toEqual([{ rules: ['a'], why: 'b', line: 1, appliesTo: 2 }]);
  });
});
