import type { Run } from '../../simulate/play.ts';
import { isRecording, type Recording, readRecording, recordingText } from '../../simulate/recording.ts';
import type { World } from '../../simulate/world.ts';
import type { Disk } from '../../workspace/disk.ts';
import { Unusable } from '../unusable.ts';

/** The recording at a path, which must be of the same team, request and platform. */
export function recordingAt(path: string, disk: Disk, { team, scenario, rules }: World): Recording {
  const text = disk.text(disk.path(path));
  if (typeof text !== 'string') throw new Unusable(`The recording "${path}" can't be read: it ${text.because}.`);
  const recording = readRecording(text);
  if (typeof recording === 'string') throw new Unusable(`"${path}" can't be replayed: ${recording}.`);
  const other =
    recording.team !== team.name
      ? `of the team "${recording.team}", not "${team.name}"`
      : recording.request !== scenario.request.text
        ? `of the request "${recording.request}"`
        : recording.target !== rules.target
          ? `under the rules of ${recording.target}, not ${rules.target}; say --target ${recording.target}`
          : undefined;
  if (other !== undefined) throw new Unusable(`"${path}" is a recording ${other}.`);
  return recording;
}

/** A recording may take the place of another one, and of nothing else: a slip of the hand must not cost a team. */
export function checkRecord(path: string, disk: Disk): void {
  const text = disk.kind(disk.path(path)) === 'file' ? disk.text(disk.path(path)) : '';
  if (text === '' || (typeof text === 'string' && isRecording(text))) return;
  throw new Unusable(`"${path}" is there already and is no recording; choose another name.`);
}

/** Writes the choices of a run. */
export function writeRecording(path: string, disk: Disk, world: World, picks: Run['picks']): void {
  const failure = disk.write(path, recordingText(world, picks));
  if (failure !== undefined) throw new Unusable(`The recording can't be written to "${path}": it ${failure}.`);
}
