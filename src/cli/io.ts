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
}

/**
 * The process itself. A reader that goes away early, as `head` does, is no mistake: what is left to write is dropped.
 * Any other failure to write is told, and the exit code becomes 2.
 */
export function processIo(): Io {
  const { stdout, stderr, env } = process;
  stderr.on('error', () => {});
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    stderr.write(`teamc: The output can't be written (${error.code ?? error.message}).\n`);
    process.exitCode = 2;
  });
  return {
    stdout,
    stderr,
    get stdin() {
      return process.stdin;
    },
    cwd: process.cwd(),
    env,
    isTTY: stdout.isTTY === true,
    ...(stdout.columns > 0 ? { columns: stdout.columns } : {}),
  };
}
