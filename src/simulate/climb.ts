/** Where a failure stands on the ladder. */
export interface Climb {
  readonly class: string;
  /** Index into the ladder; its length stands for the user behind it. */
  readonly step: number;
  /** What has been tried on this step. */
  readonly part: number;
  /** When the step began. */
  readonly since: number;
  /** Who answers for the failure now: the id of a role or a person. */
  readonly holder: string;
  /** Whether the holder is a person: then no edge leads on from there. */
  readonly person?: true;
  /** What the steps below came to, for the next one to tell. */
  readonly passed: readonly string[];
}
