import { whereText } from '../../report/simulate/simulate-result.ts';
import { costText } from '../../report/simulate/simulate-time.ts';
import { visible } from '../../report/visible.ts';
import type { Choice, Pick } from '../../simulate/choice.ts';
import type { Trouble } from '../../simulate/minds/live/api.ts';
import { liveMind } from '../../simulate/minds/live.ts';
import { rulesMind } from '../../simulate/minds/rules.ts';
import { play, type Run } from '../../simulate/play.ts';
import { type Progress, playTurns } from '../../simulate/play-turns.ts';
import type { Deed, Turn } from '../../simulate/turn.ts';
import type { World } from '../../simulate/world.ts';
import type { Target } from '../../target/target.ts';
import { enumerate } from '../../text/enumerate.ts';
import type { Io } from '../io.ts';
import { Unusable } from '../unusable.ts';
import { type Voices, voicesOf } from '../voices.ts';
import type { Played } from './input.ts';

/** How a live run is wanted. */
export interface LiveSettings {
  readonly target: Target | undefined;
  readonly model?: string;
  /** US dollars. */
  readonly maxCost: number;
  /** Seconds without a sign from the service. */
  readonly timeout: number;
  readonly quiet: boolean;
  /** What chance leaves open. */
  readonly choose: (choice: Choice) => Pick;
  /** Keeps what has been chosen so far: a run that breaks off has cost money too. */
  readonly keep: (picks: Progress['picks']) => void;
}

/** What came of it. */
export interface LiveOutcome {
  readonly world: World;
  readonly run: Run;
  readonly trouble?: Trouble;
}

/** The money that a live run may cost when nobody says how much, in US dollars. */
export const DEFAULT_MAX_COST = 1;

/** How long the service may be silent when nobody says how long, in seconds. */
export const DEFAULT_TIMEOUT = 60;

/** Lets Claude speak for each role. Tells on stderr what it will cost, what happens, and what it has cost. */
export async function playLive(base: World, played: Played, settings: LiveSettings, io: Io): Promise<LiveOutcome> {
  const key = io.env['ANTHROPIC_API_KEY'] || io.env['ANTHROPIC_AUTH_TOKEN'];
  if (!key)
    throw new Unusable(
      '--live asks Claude, and there is no key: set ANTHROPIC_API_KEY. Without --live the run is played by rules and costs nothing.',
    );
  if (!/^[!-~]+$/.test(key))
    throw new Unusable('What ANTHROPIC_API_KEY holds is no key: a key has no spaces and no letters beyond ASCII.');
  // What can't be kept is better known before it costs something.
  settings.keep([]);
  const maxCost = Math.min(settings.maxCost, base.limits.cost ?? Number.POSITIVE_INFINITY);
  const world: World = { ...base, turns: true };
  const voices = voicesOf(world.team, settings.target, settings.model);
  const say = (text: string): void => {
    if (!settings.quiet) io.stderr.write(`teamc: ${visible(text)}\n`);
  };
  say(forecast(base, voices, maxCost));
  const stopped = new AbortController();
  const release = io.onInterrupt?.(() => stopped.abort());
  const line = new StatusLine(io, settings.quiet);
  const mind = liveMind(world, {
    key,
    ...(io.env['ANTHROPIC_BASE_URL'] ? { baseUrl: io.env['ANTHROPIC_BASE_URL'] } : {}),
    patience: settings.timeout * 1000,
    maxCost,
    signal: stopped.signal,
    voiceOf: voices.voiceOf,
    idOf: voices.idOf,
    where: (at) => whereText(at, played.documents),
    choose: settings.choose,
    hearing: (role, text) => line.show(role, text),
  });
  try {
    const run = await playTurns(world, mind, (progress) => {
      line.clear();
      settings.keep(progress.picks);
      const last = progress.picks.findLast(({ heard }) => heard !== undefined)!;
      const told = turnText(last.key, last.pick as Turn);
      if (told !== '') say(`${costText(progress.state.cost).padStart(7)}  ${told}`);
    });
    const trouble = mind.trouble();
    return { world, run, ...(trouble ? { trouble } : {}) };
  } finally {
    line.clear();
    release?.();
  }
}

/** What a dry run by rules lets expect. */
function forecast(world: World, { voiceOf, models }: Voices, maxCost: number): string {
  const { state } = play(world, rulesMind);
  let turns = 0;
  let cost = 0;
  for (const [at, role] of world.roles.entries()) {
    const own = state.stations[at]!.turns;
    const { price } = voiceOf(role);
    turns += own;
    cost += (own * (TURN.input * price.input + TURN.output * price.output)) / 1_000_000;
  }
  const unknown = [...models].filter(([, { known }]) => !known).map(([name]) => name);
  const guess = unknown.length === 0 ? '' : ` The price of ${enumerate(unknown)} is a guess.`;
  return `asks ${enumerate([...models.keys()])}: about ${costText(cost)} for some ${turns} turns, going by a dry run; it stops at ${costText(maxCost)}.${guess}`;
}

/** What a turn takes, as experience has it: tokens in and out. */
const TURN = { input: 4000, output: 500 } as const;

/** A turn in words. */
function turnText(key: string, { says, does, ends }: Turn): string {
  const task = key.replace(/^task:|\/turn:\d+$/g, '');
  const deeds = does.map(deedText);
  const words = says.trim().split('\n', 1)[0]!;
  const spoken = deeds.length > 0 || words === '' ? [] : [shortened(words)];
  const said = [...deeds, ...spoken, ...(ends === undefined ? [] : [ends === 'cut' ? 'is cut off' : 'declines'])];
  return said.length === 0 ? '' : `${task}: ${said.join('; ')}`;
}

function deedText(deed: Deed): string {
  switch (deed.kind) {
    case 'delegate':
      return `hands to ${deed.to}: ${shortened(deed.text)}`;
    case 'escalate':
      return `turns to ${deed.to}: ${shortened(deed.text)}`;
    case 'call':
      return `${deed.tool} \`${shortened(deed.argument)}\``;
    case 'review':
      return deed.passes ? `lets ${deed.task} pass` : `hands ${deed.task} back`;
    case 'finish':
      return `${deed.ok ? 'done' : 'gives up'}: ${shortened(deed.text)}`;
    case 'unclear':
      return `calls ${deed.tool}, and ${deed.because}`;
  }
}

function shortened(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length <= 80 ? flat : `${flat.slice(0, 79)}…`;
}

/** The words that are just coming, on a line of a terminal that is written over. */
class StatusLine {
  readonly #io: Io;
  readonly #shown: boolean;
  #text = '';
  #used = false;

  constructor(io: Io, quiet: boolean) {
    this.#io = io;
    this.#shown = io.talksToTerminal === true && !quiet;
  }

  show(role: string, text: string): void {
    if (!this.#shown) return;
    this.#text = `${this.#text}${text}`.slice(-60);
    this.#used = true;
    this.#io.stderr.write(`\r\u001b[K  ${role}: ${visible(this.#text.replace(/\s+/g, ' '))}`);
  }

  clear(): void {
    if (this.#used) this.#io.stderr.write('\r\u001b[K');
    this.#used = false;
    this.#text = '';
  }
}
