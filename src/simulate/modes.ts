/** What an attempt is like under a failure mode: factors and switches that the kernel knows. */
export interface Effect {
  /** In words, for whoever reads the run. */
  readonly says: string;
  /** Work takes so many times as long. */
  readonly slower?: number;
  /** The attempt fails with this class, whatever the outcome. */
  readonly fails?: string;
  /** The result has a flaw that only a gate finds. */
  readonly flaws?: true;
  /** The planned calls are made again, or not at all. */
  readonly calls?: 'twice' | 'none';
  /** The role tries a call that it may not make. */
  readonly oversteps?: true;
  /** What others said does not help. */
  readonly deaf?: true;
  /** Gates are passed unseen, or see nothing. */
  readonly gates?: 'skipped' | 'blind';
  /** Those who need the result have to ask back. */
  readonly withholds?: true;
}

/** The 14 failure modes of the MAST taxonomy (arXiv 2503.13657), and what each does to an attempt here. */
export const MODES: Readonly<Record<string, Effect>> = {
  'FM-1.1': { says: 'disobeys the task', fails: 'wrong-result' },
  'FM-1.2': { says: 'disobeys its role', oversteps: true },
  'FM-1.3': { says: 'repeats steps', slower: 2, calls: 'twice' },
  'FM-1.4': { says: 'loses the history', slower: 1.5, deaf: true },
  'FM-1.5': { says: 'does not know when to stop', slower: 3, fails: 'turn-limit' },
  'FM-2.1': { says: 'starts the conversation anew', slower: 2 },
  'FM-2.2': { says: 'does not ask what is unclear', flaws: true },
  'FM-2.3': { says: 'goes off the task', fails: 'derailed' },
  'FM-2.4': { says: 'keeps back what others need', withholds: true },
  'FM-2.5': { says: 'ignores what others say', deaf: true },
  'FM-2.6': { says: 'says one thing and does another', flaws: true, calls: 'none' },
  'FM-3.1': { says: 'ends too early', slower: 0.5, flaws: true },
  'FM-3.2': { says: 'is not checked', flaws: true, gates: 'skipped' },
  'FM-3.3': { says: 'is checked wrongly', flaws: true, gates: 'blind' },
};

/** The effects of the failure modes of an attempt. */
export function effectsOf(modes: readonly string[]): readonly Effect[] {
  return modes.flatMap((mode) => MODES[mode] ?? []);
}
