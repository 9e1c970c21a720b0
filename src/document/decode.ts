import { Buffer, isAscii } from 'node:buffer';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { Lines, type Source } from '../text/source.ts';
import { MAX_FILE_SIZE } from './document.ts';
import { problem, spot } from './problem.ts';
import { tooLarge } from './yaml/yaml.ts';

/** A file's bytes as text, or the one reason why they aren't. */
export type Decoded = { readonly source: Source } | { readonly problem: Diagnostic };

/**
 * Decodes UTF-8 and drops its byte order mark; line breaks stay as they are. Fails with a problem on UTF-16, NUL bytes,
 * bytes that aren't UTF-8, and files over the limit; its place counts in the text as lossy decoding shows it.
 */
export function decode(path: string, bytes: Uint8Array): Decoded {
  if (bytes.length > MAX_FILE_SIZE) return { problem: problem(spot(path, [0, 0]), tooLarge(bytes.length)) };
  const utf16 = utf16Name(bytes);
  if (utf16) return { problem: wrongEncoding(path, utf16) };
  const text = decodeExactly(bytes);
  const nul = (text ?? '').indexOf('\0');
  if (text !== undefined && nul === -1) return { source: { path, text } };
  return { problem: text === undefined ? notUtf8(path, bytes) : nulByte(path, text, nul) };
}

function utf16Name([first, second]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return 'UTF-16LE';
  return first === 0xfe && second === 0xff ? 'UTF-16BE' : undefined;
}

function wrongEncoding(path: string, name: string): Diagnostic {
  return problem(spot(path, [0, 0]), `The file is written in ${name}, and teamc reads UTF-8.`, {
    help: `Save it as UTF-8 in your editor, or convert it: iconv -f ${name.slice(0, 6)} -t UTF-8 ${path} > new-file`,
  });
}

const exact = new TextDecoder('utf-8', { fatal: true });

function decodeExactly(bytes: Uint8Array): string | undefined {
  if (isAscii(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  try {
    return exact.decode(bytes);
  } catch {
    return undefined;
  }
}

function notUtf8(path: string, bytes: Uint8Array): Diagnostic {
  const valid = validLength(bytes);
  const before = new TextDecoder().decode(bytes.subarray(0, valid));
  const { line, column } = new Lines(before).position(before.length);
  const byte = (bytes[valid] ?? 0).toString(16).padStart(2, '0').toUpperCase();
  return problem(
    spot(path, [before.length, before.length + 1]),
    `The byte 0x${byte} in line ${line}, column ${column} is not UTF-8.`,
    { help: 'Save the file as UTF-8; it was probably written as Latin-1 or Windows-1252.' },
  );
}

/** How many bytes from the start are whole characters: the file is halved until the first wrong byte is found. */
function validLength(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      low = middle;
    } catch {
      high = middle - 1;
    }
  }
  while (decodeExactly(bytes.subarray(0, low)) === undefined) low--;
  return low;
}

function nulByte(path: string, text: string, at: number): Diagnostic {
  const { line, column } = new Lines(text).position(at);
  return problem(
    spot(path, [at, at + 1]),
    `A NUL byte stands in line ${line}, column ${column}, so the file is not text.`,
    {
      help: 'Save the file as UTF-8 text.',
    },
  );
}
