import type { Level } from '../../target/target.ts';

/** What `teamc build` was asked for, as commander gives it. */
export interface Options {
  readonly target?: readonly string[];
  readonly targets?: string;
  readonly out?: string;
  readonly check?: true;
  readonly dryRun?: true;
  readonly clean?: true;
  readonly force?: true;
  readonly require?: Exclude<Level, 'lost'>;
  readonly report?: string;
  readonly as?: string;
  readonly format: 'pretty' | 'json';
  readonly user?: true;
  readonly watch?: true;
}

/** What `--require` takes: the levels above nothing. */
export const REQUIRABLE = ['native', 'guarded', 'prose'] as const satisfies readonly Level[];
