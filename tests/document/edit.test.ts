import { describe, expect, test } from 'vitest';
import type { Edit } from '../../src/diagnostic/diagnostic.ts';
import { applyEdits } from '../../src/document/edit.ts';
import { readDocument } from '../../src/document/read.ts';
import type { Place } from '../../src/text/place.ts';

const document = readDocument({
  path: 'team.yaml',
  text: 'name: A # who\r\ntools: [read, edit]\r\ntext: |\r\n  x\r\nend: 1\r\n',
});

const edit = (text: string, at: Partial<Place>): Edit => ({ text, at: { file: 'team.yaml', pointer: [], ...at } });

describe('edits', () => {
  test('replace values, keys and spans, and leave everything else as it is', () => {
    const { text, leftOut } = applyEdits(document, [
      edit('search', { pointer: ['tools', 1] }),
      edit('"B"', { pointer: ['name'] }),
      edit('body', { pointer: ['text'], on: 'key' }),
      edit('y', { pointer: ['text'] }),
      edit('# first\r\n', { span: [0, 0] }),
    ]);
    expect(text).toBe('# first\r\nname: "B" # who\r\ntools: [read, search]\r\nbody: y\r\nend: 1\r\n');
    expect(leftOut).toEqual([]);
  });

  test('that overlap an earlier one, or belong to another file, are left out', () => {
    const inside = edit('a', { pointer: ['tools', 0] });
    const around = edit('b', { pointer: ['tools'] });
    const foreign = edit('c', { file: 'other.yaml', pointer: ['name'] });
    const { text, leftOut } = applyEdits(document, [inside, around, foreign]);
    expect(text).toBe(document.text.replace('read', 'a'));
    expect(leftOut).toEqual([around, foreign]);
  });

  test('that insert at one place keep their order, and the same edit counts once', () => {
    const { text, leftOut } = applyEdits(document, [
      edit('2', { span: [6, 7] }),
      edit('x', { span: [6, 6] }),
      edit('y', { span: [6, 6] }),
      edit('2', { pointer: ['name'] }),
    ]);
    expect(text).toBe(document.text.replace('A', 'xy2'));
    expect(leftOut).toEqual([]);
  });
});
