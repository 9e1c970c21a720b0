import { fstatSync, writeSync } from 'node:fs';
import type { Question } from '../workspace/answers.ts';

/** Where text goes. */
export interface Sink {
  write(text: string): void;
}

/** All that a command knows of the world outside its arguments and the disk. */
export interface Io {
  /** Results. */
  readonly stdout: Sink;
  /** Talk and mistakes. */
  readonly stderr: Sink;
  /** What is piped in; only commands that are told so read it. */
  readonly stdin?: AsyncIterable<string | Uint8Array>;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether stdout is a terminal. */
  readonly isTTY: boolean;
  /** How wide that terminal is. */
  readonly columns?: number;
  /** Comes when somebody wants an end of what goes on for long, as with Ctrl-C. */
  readonly interrupted?: AbortSignal;
  /** The terminal of somebody who can answer questions; undefined where there is nobody. */
  readonly person?: Person | undefined;
  /** Whether stderr is a terminal, on which progress may be shown. */
  readonly talksToTerminal?: boolean;
  /** Calls back instead of ending the process when the person interrupts; what it answers undoes that. */
  readonly onInterrupt?: (then: () => void) => () => void;
  /** What the command line asks, if its answer may be kept. */
  readonly question?: Question;
}

/** Somebody at a terminal. */
export interface Person {
  readonly input: NodeJS.ReadStream;
  /** Where questions go: what is talk, and no result. */
  readonly output: NodeJS.WriteStream;
}

/**
 * The process itself. A reader that goes away early, as `head` does, is no mistake: what is left to write is dropped.
 * Any other failure to write is told, and the exit code becomes 2. Node's own streams take long to start, so that files
 * and pipes are written to without them.
 */
export function processIo(): Io {
  const isDevice = (fd: number): boolean => {
    try {
      return fstatSync(fd).isCharacterDevice();
    } catch {
      return true;
    }
  };
  const stdout = isDevice(1) ? guarded() : undefined;
  return {
    stdout: stdout ?? direct(1, guarded),
    stderr: direct(2, quiet),
    get stdin() {
      return process.stdin;
    },
    get interrupted() {
      const end = new AbortController();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end.abort());
      return end.signal;
    },
    get person() {
      const { stdin: input, stderr: output, env } = process;
      return input.isTTY && output.isTTY && env['CI'] === undefined ? { input, output } : undefined;
    },
    cwd: process.cwd(),
    env: process.env,
    isTTY: stdout?.isTTY === true,
    ...(stdout && stdout.columns > 0 ? { columns: stdout.columns } : {}),
    get talksToTerminal() {
      return isDevice(2) && process.stderr.isTTY;
    },
    onInterrupt(then) {
      process.once('SIGINT', then);
      return () => void process.off('SIGINT', then);
    },
  };
}

/** Writes to a file or a pipe at once, and from the first difficulty on by Node's stream. */
function direct(fd: 1 | 2, open: () => NodeJS.WriteStream): Sink {
  let stream: NodeJS.WriteStream | undefined;
  return {
    write(text) {
      let rest = Buffer.from(text);
      try {
        while (!stream && rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
      } catch {
        stream = open();
      }
      stream?.write(rest);
    },
  };
}

function guarded(): NodeJS.WriteStream {
  const { stdout } = process;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    direct(2, quiet).write(`teamc: The output can't be written (${error.code ?? error.message}).\n`);
    process.exitCode = 2;
  });
  return stdout;
}

function quiet(): NodeJS.WriteStream {
  const { stderr } = process;
  stderr.on('error', () => {});
  return stderr;
}
