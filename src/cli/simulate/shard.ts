import { Unusable } from '../unusable.ts';

/** One of several equal parts of a piece of work. */
export interface Shard {
  /** From 1 on. */
  readonly number: number;
  readonly of: number;
}

/** The most parts: nobody has more machines. */
const MOST = 10_000;

/** What a system sets for each of several machines that share a job: a number from `first` on and, in some, how many there are. */
const INDEXES: readonly { readonly index: string; readonly total?: string; readonly first: 0 | 1 }[] = [
  { index: 'CI_NODE_INDEX', total: 'CI_NODE_TOTAL', first: 1 },
  { index: 'CIRCLE_NODE_INDEX', total: 'CIRCLE_NODE_TOTAL', first: 0 },
  { index: 'BUILDKITE_PARALLEL_JOB', total: 'BUILDKITE_PARALLEL_JOB_COUNT', first: 0 },
  { index: 'SYSTEM_JOBPOSITIONINPHASE', total: 'SYSTEM_TOTALJOBSINPHASE', first: 1 },
  { index: 'CLOUD_RUN_TASK_INDEX', total: 'CLOUD_RUN_TASK_COUNT', first: 0 },
  { index: 'JOB_COMPLETION_INDEX', first: 0 },
  { index: 'AWS_BATCH_JOB_ARRAY_INDEX', first: 0 },
];

/** Reads `K/N`, or `auto` and `auto/N`, which take the machine's number from the environment. */
export function shardOf(given: string, env: Readonly<Record<string, string | undefined>>): Shard {
  const [, part = '', total] = /^(auto|\d{1,5})(?:\/(\d{1,5}))?$/.exec(given) ?? [];
  if (part === '' || (part !== 'auto' && total === undefined))
    throw new Unusable(`--shard takes a part of so many, as in 2/8, or auto or auto/8, not "${given}".`);
  const shard = part === 'auto' ? shardIn(env, total) : { number: Number(part), of: Number(total) };
  if (shard.of > MOST) throw new Unusable(`--shard makes ${MOST} parts at most, not ${shard.of}.`);
  if (shard.number >= 1 && shard.number <= shard.of) return shard;
  throw new Unusable(
    `There is no part ${shard.number} of ${shard.of}; parts go from 1/${shard.of} to ${shard.of}/${shard.of}.`,
  );
}

function shardIn(env: Readonly<Record<string, string | undefined>>, said: string | undefined): Shard {
  const found = INDEXES.find(({ index }) => /^\d{1,5}$/.test(env[index] ?? ''));
  if (!found)
    throw new Unusable(
      `--shard auto finds no number of this machine; it looks for ${INDEXES.map(({ index }) => index).join(', ')}. Say --shard K/N.`,
    );
  const total = said ?? (found.total === undefined ? undefined : env[found.total]);
  if (total === undefined || !/^\d{1,5}$/.test(total))
    throw new Unusable(`${found.index} does not say how many parts there are; say --shard auto/N.`);
  return { number: Number(env[found.index]) - found.first + 1, of: Number(total) };
}
