import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';
import { makeFolder } from './make-folder.ts';

/** How many programs are kept in compiled form. */
const MOST = 4;

/**
 * Loads a CommonJS file as V8 compiled it the last time, which takes a third of the time, and answers what it exports.
 * `keep` is the folder for compiled programs and `name` what tells this one from all others: its content, and what runs it.
 * What can't be used is compiled anew and replaced when the process ends.
 */
export function loadCompiled(file: string, keep: string, name: string): unknown {
  const source = readFileSync(file, 'latin1');
  const cachedData = read(`${keep}/${name}`);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) { ${source}\n})`, {
    filename: file,
    ...(cachedData ? { cachedData } : {}),
  });
  const require = createRequire(file);
  const module = { id: file, filename: file, loaded: true, exports: {} };
  // Whoever requires the file is to get this one, not another with classes of its own.
  require.cache[file] = module as NodeModule;
  script.runInThisContext()(module.exports, require, module, file, dirname(file));
  if (!cachedData || script.cachedDataRejected)
    process.once('exit', () => write(keep, name, script.createCachedData()));
  return module.exports;
}

/** V8 trusts what it is given: bytes that changed since they were written must never get there. */
function read(path: string): Buffer | undefined {
  try {
    const bytes = readFileSync(path);
    const data = bytes.subarray(8);
    return bytes.length > 8 && bytes.readUInt32LE(4) === data.length && bytes.readUInt32LE(0) === sum(data)
      ? data
      : undefined;
  } catch {
    return undefined;
  }
}

function write(folder: string, name: string, data: Buffer): void {
  try {
    makeFolder(folder, 0o700);
    const head = Buffer.alloc(8);
    head.writeUInt32LE(sum(data), 0);
    head.writeUInt32LE(data.length, 4);
    const begun = `${folder}/${name}.${process.pid}`;
    writeFileSync(begun, Buffer.concat([head, data]), { mode: 0o600 });
    renameSync(begun, `${folder}/${name}`);
    const files = readdirSync(folder).map((file) => `${folder}/${file}`);
    const ages = new Map(files.map((file) => [file, statSync(file).mtimeMs]));
    const old = files.sort((a, b) => ages.get(b)! - ages.get(a)!).slice(MOST);
    for (const file of old) rmSync(file, { force: true });
  } catch {}
}

/** A hash over the words of some data, in which every bit counts. */
function sum(data: Buffer): number {
  const words = new Int32Array(data.buffer.slice(data.byteOffset, data.byteOffset + (data.length & ~3)));
  let hash = data.length;
  for (let at = 0; at < words.length; at++) {
    hash = Math.imul(hash ^ words[at]!, 0x85ebca6b);
    hash ^= hash >>> 13;
  }
  for (const byte of data.subarray(data.length & ~3)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
