import { Chalk, type ChalkInstance } from 'chalk';
import type { SimEvent } from '../../simulate/event.ts';
import type { Task } from '../../simulate/task.ts';
import { folded } from '../folded.ts';
import type { Style } from '../result.ts';
import { visible } from '../visible.ts';
import { type PlayedRun, whereText } from './simulate-result.ts';
import { type Mark, sentenceOf } from './simulate-sentence.ts';
import { summaryText } from './simulate-summary.ts';
import { timeText } from './simulate-time.ts';

/** A run as a tree: under each role that gets work, what happens to it, with the time, the reason and the place of the rule. Then the summary. */
export function simulateTree(played: PlayedRun, style: Style): string {
  const paint = new Chalk({ level: style.color });
  const tree = new Tree(played, paint);
  return folded(
    `${[headText(played, paint), '', ...tree.lines(), '', summaryText(played, paint)].join('\n')}\n`,
    style,
  );
}

function headText({ world, path, draw }: PlayedRun, paint: ChalkInstance): string {
  const { team, scenario, rules } = world;
  const title = scenario.name === undefined ? '' : `${scenario.name}. `;
  const where = rules.target === 'ideal' ? "by the team's own rules" : `under the rules of ${rules.target}`;
  const chance = draw ? visible(` and by chance (seed ${draw.seed}, run ${draw.run})`) : '';
  const file = path === undefined ? '' : paint.dim(` (${path})`);
  return `${paint.bold(visible(`${title}${team.name} is asked: ${scenario.request.text}`))}${file}\n${world.turns ? 'Decided by Claude' : 'Played'} ${where}${chance}; nothing is executed. Times are hours and minutes since the request.`;
}

/** A line of the tree before it has its guides: an event of a task, or a task below it. */
type Row = { readonly event: SimEvent } | { readonly child: string };

class Tree {
  readonly #played: PlayedRun;
  readonly #paint: ChalkInstance;
  readonly #rows = new Map<string, Row[]>();
  readonly #heads = new Map<string, SimEvent>();
  readonly #width: number;
  readonly #parents: ReadonlyMap<string, string>;
  readonly #tasks: ReadonlyMap<string, Task>;

  constructor(played: PlayedRun, paint: ChalkInstance) {
    this.#played = played;
    this.#paint = paint;
    this.#width = Math.max(...played.run.events.map(({ t }) => timeText(t).length), 4);
    this.#parents = parentsOf(played);
    this.#tasks = new Map([...played.run.state.tasks].map((task) => [task.key, task]));
    for (const event of played.run.events) this.#place(event, this.#parents);
  }

  lines(): readonly string[] {
    return this.#below('request', '');
  }

  #place(event: SimEvent, parents: ReadonlyMap<string, string>): void {
    this.#show(event.task, parents);
    const isHead =
      event.type === 'requested' ||
      (event.type === 'delegated' && this.#rowsOf(event.task).length === 0 && !this.#heads.has(event.task));
    if (isHead) this.#heads.set(event.task, event);
    else this.#rowsOf(event.task).push({ event });
  }

  /** Puts a task below the one that it is a part of, when it is first heard of. */
  #show(task: string, parents: ReadonlyMap<string, string>): void {
    if (this.#rows.has(task)) return;
    this.#rows.set(task, []);
    const parent = parents.get(task);
    if (parent === undefined) return;
    this.#show(parent, parents);
    this.#rowsOf(parent).push({ child: task });
  }

  #rowsOf(task: string): Row[] {
    const rows = this.#rows.get(task) ?? [];
    this.#rows.set(task, rows);
    return rows;
  }

  #below(task: string, guide: string): readonly string[] {
    const head = this.#heads.get(task);
    const rows = this.#rowsOf(task);
    const own = task === 'request' && head ? this.#headLines(head, '', guide, rows.length > 0) : [];
    return [
      ...own,
      ...rows.flatMap((row, index) => {
        const last = index === rows.length - 1;
        const [turn, next] = last ? ['└─ ', '   '] : ['├─ ', '│  '];
        if ('event' in row) return this.#eventLines(row.event, guide + turn, guide + next);
        const childHead = this.#heads.get(row.child);
        const more = this.#rowsOf(row.child).length > 0;
        const first = childHead
          ? this.#headLines(childHead, guide + turn, guide + next, more)
          : [this.#line(undefined, guide + turn, this.#unassigned(row.child))];
        return [...first, ...this.#below(row.child, guide + next)];
      }),
    ];
  }

  /** A role gets work: who, what, why, and what goes with it. */
  #headLines(event: SimEvent, turn: string, guide: string, more: boolean): readonly string[] {
    const paint = this.#paint;
    const { role, by, text = '', task, context, required, with: others } = event;
    const name = paint.bold(visible(role ?? ''));
    const from = by === undefined ? '' : paint.dim(` from ${by}`);
    const inner = guide + (more ? '│  ' : '   ');
    const details = [
      this.#why(event.because, event),
      context && context.include.length > 0 ? `takes along: ${few(context.include)}` : undefined,
      context && context.exclude.length > 0 ? `held back: ${few(context.exclude)}` : undefined,
      required ? `must say: ${few(required)}` : undefined,
      others ? `together with ${others.join(', ')}` : undefined,
    ].filter((each) => each !== undefined);
    return [
      this.#line(event.t, turn, `${name} gets ${this.#nameOf(task, text)}${from}${this.#said(task, text)}`),
      ...details.map((detail) => this.#line(undefined, inner, paint.dim(visible(detail)))),
    ];
  }

  /** What the plan calls a task; else it is the request, the whole of what it is a part of, or a part of that. */
  #nameOf(task: string, text: string): string {
    if (task === 'request') return 'the request';
    if (this.#isPassedOn(task, undefined)) return 'it';
    if (this.#played.world.team.roles.has(task)) return this.#isRepeated(task, text) ? 'a part of it' : 'a task';
    return this.#paint.cyan(visible(task.split('/').at(-1) ?? ''));
  }

  /** What a task is about, where the line above does not say it. */
  #said(task: string, text: string): string {
    return this.#isRepeated(task, text) ? '' : `: ${visible(text)}`;
  }

  #isRepeated(task: string, text: string): boolean {
    return this.#tasks.get(this.#parents.get(task) ?? '')?.job.text === text;
  }

  /** Whether a task is the same work as the one that it is a part of. */
  #isPassedOn(task: string, text: string | undefined): boolean {
    const parent = this.#parents.get(task);
    const [own, above] = [this.#tasks.get(task)?.job, this.#tasks.get(parent ?? '')?.job];
    return parent !== undefined && own?.id === above?.id && (text === undefined || own?.text === above?.text);
  }

  /** A task that nobody was given: its role does it itself, or something happens before somebody gets it. */
  #unassigned(task: string): string {
    const found = this.#tasks.get(task);
    const name = task.split('/').at(-1) ?? '';
    const what = `${this.#paint.cyan(visible(name))}: ${visible(found?.job.text ?? '')}`;
    if (found?.role === undefined || found.role !== found.owner) return what;
    const who = this.#paint.bold(visible(found.role.id));
    return found.job.source === 'rest' ? `${who} does what remains` : `${who} does ${what}`;
  }

  #eventLines(event: SimEvent, turn: string, guide: string): readonly string[] {
    const { mark, what, why } = sentenceOf(event);
    // An approved call has its reason and place where the person was asked.
    const because = event.type === 'called' && event.decision === 'ask' ? undefined : this.#why(why, event);
    return [
      this.#line(event.t, turn, COLOURS[mark](this.#paint)(`${SIGNS[mark]} ${visible(what)}`)),
      ...(because === undefined ? [] : [this.#line(undefined, `${guide}  `, this.#paint.dim(visible(because)))]),
    ];
  }

  #why(why: string | undefined, event: SimEvent): string | undefined {
    const where = whereText(event.at, this.#played.documents);
    if (why === undefined) return where === undefined ? undefined : `see ${where}`;
    return `because: ${why}${where === undefined ? '' : ` (${where})`}`;
  }

  #line(t: number | undefined, turn: string, text: string): string {
    const time = (t === undefined ? '' : timeText(t)).padStart(this.#width);
    return `${this.#paint.dim(time)}  ${this.#paint.dim(turn)}${text}`.trimEnd();
  }
}

/** How many things of a list are named. */
const NAMED = 4;

function few(list: readonly string[]): string {
  const rest = list.length - NAMED;
  return rest > 1 ? `${list.slice(0, NAMED).join(', ')} and ${rest} more` : list.join(', ');
}

const SIGNS: Readonly<Record<Mark, string>> = { plain: '·', good: '✓', bad: '✗', question: '?', up: '↑' };

const COLOURS: Readonly<Record<Mark, (paint: ChalkInstance) => ChalkInstance>> = {
  plain: (paint) => paint.reset,
  good: (paint) => paint.green,
  bad: (paint) => paint.red,
  question: (paint) => paint.yellow,
  up: (paint) => paint.magenta,
};

function parentsOf({ run }: PlayedRun): ReadonlyMap<string, string> {
  const tasks = [...run.state.tasks];
  return new Map(tasks.flatMap(({ key, parent }) => (parent === -1 ? [] : [[key, tasks[parent]!.key] as const])));
}
