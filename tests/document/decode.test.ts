import { describe, expect, test } from 'vitest';
import { decode } from '../../src/document/decode.ts';
import { MAX_FILE_SIZE } from '../../src/document/document.ts';

const bytes = (...parts: (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

describe('the bytes of a file', () => {
  test('are UTF-8, and lose their byte order mark but not their line breaks', () => {
    expect(decode('a.yaml', bytes([0xef, 0xbb, 0xbf], 'name: Zoë 💳\r\n'))).toEqual({
      source: { path: 'a.yaml', text: 'name: Zoë 💳\r\n' },
    });
    expect(decode('a.yaml', bytes())).toEqual({ source: { path: 'a.yaml', text: '' } });
  });

  test('in UTF-16 are told how to become UTF-8', () => {
    expect(decode('a.yaml', bytes([0xff, 0xfe], Buffer.from('name', 'utf16le').toJSON().data))).toEqual({
      problem: {
        rule: 'yaml-syntax',
        severity: 'error',
        at: { file: 'a.yaml', pointer: [], span: [0, 0] },
        message: 'The file is written in UTF-16LE, and teamc reads UTF-8.',
        help: 'Save it as UTF-8 in your editor, or convert it: iconv -f UTF-16 -t UTF-8 a.yaml > new-file',
      },
    });
    expect(decode('a.yaml', bytes([0xfe, 0xff, 0, 0x61]))).toMatchObject({
      problem: { message: 'The file is written in UTF-16BE, and teamc reads UTF-8.' },
    });
  });

  test('in Latin-1 are told where the first wrong one stands', () => {
    expect(decode('a.yaml', bytes('a: é\nb: Zo', [0xeb], '\n'))).toEqual({
      problem: {
        rule: 'yaml-syntax',
        severity: 'error',
        at: { file: 'a.yaml', pointer: [], span: [10, 11] },
        message: 'The byte 0xEB in line 2, column 6 is not UTF-8.',
        help: 'Save the file as UTF-8; it was probably written as Latin-1 or Windows-1252.',
      },
    });
  });

  test('that end in the middle of a character are not UTF-8', () => {
    expect(decode('a.yaml', bytes('a: ', [0xf0, 0x9f]))).toMatchObject({
      problem: { message: 'The byte 0xF0 in line 1, column 4 is not UTF-8.' },
    });
  });

  test('hold no NUL', () => {
    expect(decode('a.yaml', bytes('a: b\n', [0], 'c'))).toMatchObject({
      problem: {
        at: { span: [5, 6] },
        message: 'A NUL byte stands in line 2, column 1, so the file is not text.',
      },
    });
  });

  test('are not more than two million', () => {
    expect(decode('a.yaml', new Uint8Array(MAX_FILE_SIZE + 1))).toMatchObject({
      problem: { message: 'The file has 2000001 bytes, and teamc reads at most 2000000.' },
    });
  });
});
