import { keep } from '../workspace/answers.ts';
import type { Disk } from '../workspace/disk.ts';
import type { ExitCode } from './exit.ts';
import type { Io, Sink } from './io.ts';
import { paceFor } from './pace.ts';

/** Runs what answers a question from the disk alone, and keeps what it said for the next time. */
export function remembered(io: Io, disk: Disk, run: (io: Io) => ExitCode): ExitCode {
  const { question } = io;
  if (!question) return run(io);
  paceFor(disk);
  const trace = disk.traced();
  const writes: (readonly [1 | 2, string])[] = [];
  const heard = (fd: 1 | 2, sink: Sink): Sink => ({
    write(text) {
      writes.push([fd, text]);
      sink.write(text);
    },
  });
  // Not a copy: that would open stdin.
  const both = { stdout: heard(1, io.stdout), stderr: heard(2, io.stderr) };
  const code = run(Object.assign(Object.create(io) as Io, both));
  const seen = trace.seen();
  if (seen) keep(question, { code, writes, cwd: disk.full('.'), seen });
  return code;
}
