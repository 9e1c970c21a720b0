import type { SimEvent } from '../../simulate/event.ts';
import { TIMELINE_SCRIPT, TIMELINE_STYLE } from '../generated/timeline-page.ts';
import { colourProperties } from '../graph/palette.ts';
import { pageOf } from '../page.ts';
import { visible } from '../visible.ts';
import { type PlayedRun, titleOf, whereText } from './simulate-result.ts';
import { sentenceOf } from './simulate-sentence.ts';
import { factsOf } from './simulate-summary.ts';
import { timeText } from './simulate-time.ts';
import type { TimelineEvent, TimelineRun } from './timeline-data.ts';

/**
 * Runs as one HTML file that works offline: who does what and when, to play, to step through and to filter by role. It
 * asks nothing of any network, and its policy lets no script run but its own.
 */
export function simulateHtml(played: readonly PlayedRun[]): string {
  const runs = played.map(runOf);
  const style = `${colourProperties()}${TIMELINE_STYLE}`;
  const title = runs.length === 1 ? (runs[0]?.title ?? '') : `${runs.length} runs`;
  const body = `<header>
<h1 id="title"></h1>
<p id="under"></p>
<label id="choice" hidden>Run<select id="run"></select></label>
<div class="controls" role="group" aria-label="Play">
<button type="button" id="first" aria-label="To the start">«</button>
<button type="button" id="back" aria-label="One step back">‹</button>
<button type="button" id="play" aria-label="Play" aria-keyshortcuts="Space">▶</button>
<button type="button" id="next" aria-label="One step on">›</button>
<button type="button" id="last" aria-label="To the end">»</button>
<label>Speed<select id="speed"><option value="1200">slow</option><option value="500" selected>normal</option><option value="120">fast</option><option value="25">very fast</option></select></label>
<input type="range" id="at" min="0" value="0" aria-label="Event">
<output id="clock"></output>
<button type="button" id="all" hidden>Show all roles</button>
</div>
</header>
<section id="lanes" aria-label="Timeline: arrow keys step, Home and End go to the ends, Space plays" tabindex="-1"><div id="names"></div><svg id="picture" role="group" aria-label="Events by role"></svg></section>
<main>
<section id="log" aria-label="Events"><ol></ol></section>
<aside><div id="detail" role="region" aria-label="The event"></div><div id="whole" role="region" aria-label="The run"></div></aside>
</main>
<div id="tip" role="tooltip" hidden></div>
<p id="said" role="status" aria-live="polite"></p>
<noscript>This page needs its script, which is part of the file.</noscript>`;
  return pageOf({ title, style, body, data: runs, script: TIMELINE_SCRIPT });
}

function runOf(played: PlayedRun): TimelineRun {
  const { world, run, verdicts, path } = played;
  const lanes = new Map<string, { position: number; events: number }>();
  const laneOf = (id: string): number => {
    const lane = lanes.get(id) ?? { position: lanes.size, events: 0 };
    lanes.set(id, lane);
    lane.events++;
    return lane.position;
  };
  const events = run.events.map((event) => eventOf(event, played, laneOf));
  const positions = new Map(run.events.map((event, position) => [event, position]));
  return {
    title: flat(titleOf(played)),
    under: flat(
      `${world.team.name}${world.scenario.name === undefined ? '' : ` is asked: ${world.scenario.request.text}`}${path === undefined ? '' : ` (${path})`}`,
    ),
    facts: factsOf(played).map(([name, text]) => [name, flat(text)]),
    lanes: [...lanes].map(([id, lane]) => ({
      id: flat(id),
      kind: world.team.people.has(id) ? 'person' : 'role',
      events: lane.events,
    })),
    events,
    verdicts: verdicts.map(({ expectation, status, why, events: shown }) => ({
      name: flat(expectation.name),
      status,
      why: flat(why),
      events: shown.flatMap((event) => positions.get(event) ?? []),
    })),
  };
}

/** Events that come from somebody else to the one whose they are. */
const FROM_OTHERS: ReadonlySet<SimEvent['type']> = new Set(['delegated', 'answered', 'approved']);

function eventOf(event: SimEvent, { documents }: PlayedRun, laneOf: (id: string) => number): TimelineEvent {
  const { type, role = 'user', by, task, at } = event;
  const { mark, what, why } = sentenceOf(event);
  const [from, to] =
    type === 'requested'
      ? ['user', role]
      : FROM_OTHERS.has(type) && by !== undefined
        ? [by, role]
        : [role, event.to?.split(', ')[0]];
  const lane = laneOf(from);
  return {
    time: timeText(event.t),
    lane,
    to: to === undefined || to === from ? -1 : laneOf(to),
    mark,
    what: flat(what),
    why: flat(why ?? ''),
    where: flat(whereText(at, documents) ?? ''),
    task: flat(task),
    more: moreOf(event).map(([name, text]) => [name, flat(text)]),
  };
}

function moreOf({
  type,
  text,
  decision,
  held,
  class: failure,
  step,
  gate,
  context,
  required,
  with: others,
  waited,
  worked,
}: SimEvent): readonly (readonly [string, string])[] {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['task', type === 'delegated' ? text : undefined],
    ['decision', decision],
    ['held by', held],
    ['failure', failure],
    ['step', step],
    ['gate', gate],
    ['takes along', context?.include.join(', ')],
    ['held back', context?.exclude.join(', ')],
    ['must say', required?.join(', ')],
    ['together with', others?.join(', ')],
    ['waited', waited ? timeText(waited) : undefined],
    ['worked', worked ? timeText(worked) : undefined],
  ];
  return rows.filter((row): row is readonly [string, string] => row[1] !== undefined && row[1] !== '');
}

function flat(text: string): string {
  return visible(text.replace(/\s+/g, ' '));
}
