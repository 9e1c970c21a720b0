import type { PlannedFile } from '../../src/target/target.ts';

/** A way in which a guard may not work: what becomes of the emitted files. */
export interface BrokenGuard {
  readonly how: string;
  readonly files: (emitted: readonly PlannedFile[]) => readonly PlannedFile[];
  /** Without the program that runs the guard. */
  readonly withoutNode?: boolean;
}

const GUARD = '.claude/hooks/teamc-guard.mjs';
const TABLE = '.claude/hooks/teamc-policy.json';
const SETTINGS = '.claude/settings.json';

function changed(path: string, to: (content: string) => string): BrokenGuard['files'] {
  return (emitted) => emitted.map((file) => (file.path === path ? { ...file, content: to(file.content) } : file));
}

function without(path: string): BrokenGuard['files'] {
  return (emitted) => emitted.filter((file) => file.path !== path);
}

/** Guards that are missing, crash, hang or read garbage, each made from the one that is emitted. */
export const BROKEN_GUARDS: readonly BrokenGuard[] = [
  { how: 'the guard is missing', files: without(GUARD) },
  { how: 'the guard is no program', files: changed(GUARD, () => 'this is (no program') },
  { how: 'the guard throws', files: changed(GUARD, (text) => `throw new Error('broken');\n${text}`) },
  { how: 'the guard is killed', files: changed(GUARD, (text) => `process.kill(process.pid, 9);\n${text}`) },
  {
    how: 'the guard hangs',
    files: (emitted) =>
      changed(SETTINGS, (text) => text.replace('"timeout": 10', '"timeout": 1'))(
        changed(GUARD, () => 'setInterval(() => {}, 1000);\n')(emitted),
      ),
  },
  { how: 'what runs the guard is missing', files: (emitted) => emitted, withoutNode: true },
  { how: 'the table is missing', files: without(TABLE) },
  { how: 'the table is garbage', files: changed(TABLE, () => '\0garbage') },
  {
    how: 'the table is of another version',
    files: changed(TABLE, (text) => text.replace('"version": 1', '"version": 2')),
  },
  { how: 'the table has no roles', files: changed(TABLE, () => '{"version":1,"closed":false,"team":"crew"}') },
];
