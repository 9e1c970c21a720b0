import type { Answer } from '../workspace/answer.ts';
import { keep } from '../workspace/answers.ts';
import type { Disk } from '../workspace/disk.ts';
import type { Trace } from '../workspace/trace.ts';
import type { ExitCode } from './exit.ts';
import type { Io, Sink } from './io.ts';
import { paceFor } from './pace.ts';

/** Runs what answers a question from the disk alone, and keeps what it said for the next time. */
export function remembered(io: Io, disk: Disk, run: (io: Io) => ExitCode): ExitCode {
  if (!io.question) return run(io);
  paceFor(disk);
  const { heard, done } = listen(io, disk);
  return done(run(heard));
}

/** The same for what takes its time, and may turn out to do more than to answer: then it spoils the trace. */
export async function rememberedLater(
  io: Io,
  disk: Disk,
  run: (io: Io, trace?: Trace) => Promise<ExitCode>,
): Promise<ExitCode> {
  if (!io.question) return run(io);
  const { heard, trace, done } = listen(io, disk);
  return done(await run(heard, trace));
}

/** Listens to what is said from now on; `done` keeps it. */
function listen(io: Io, disk: Disk) {
  const trace = disk.traced();
  const writes: Answer['writes'][number][] = [];
  const both = { stdout: noting(1, io.stdout, writes), stderr: noting(2, io.stderr, writes) };
  return {
    // Not a copy: that would open stdin.
    heard: Object.assign(Object.create(io) as Io, both),
    trace,
    done(code: ExitCode): ExitCode {
      const seen = trace.seen();
      if (io.question && seen) keep(io.question, { code, writes, cwd: disk.full('.'), seen });
      return code;
    },
  };
}

function noting(fd: 1 | 2, sink: Sink, writes: Answer['writes'][number][]): Sink {
  return {
    write(text) {
      writes.push([fd, text]);
      sink.write(text);
    },
  };
}
