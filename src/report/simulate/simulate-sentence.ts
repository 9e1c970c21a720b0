import type { SimEvent } from '../../simulate/event.ts';
import { spanText } from './simulate-time.ts';

/** How an event looks at the start of its line, so that a reader finds the turning points without reading. */
export type Mark = 'plain' | 'good' | 'bad' | 'question' | 'up';

/** What an event says, in words: what happened, and why. */
export interface Sentence {
  readonly mark: Mark;
  readonly what: string;
  readonly why?: string;
}

/** An event as a line for people. Hand-overs are headings of their own, see the tree. */
export function sentenceOf(event: SimEvent): Sentence {
  const said = SENTENCES[event.type](event);
  const because = [
    ...(said.why === undefined ? [] : [said.why]),
    ...(event.taint ? [`tainted: ${event.taint.map((text) => `"${text}"`).join(', ')}`] : []),
  ];
  return { ...said, ...(because.length > 0 ? { why: because.join('; ') } : {}) };
}

type Say = (event: SimEvent) => Sentence;

const SENTENCES: Readonly<Record<SimEvent['type'], Say>> = {
  requested: ({ role, text, because }) => ({
    mark: 'plain',
    what: `${role} gets the request: ${text}`,
    ...reason(because),
  }),
  delegated: ({ role, by, because }) => ({ mark: 'plain', what: `${role} gets it from ${by}`, ...reason(because) }),
  // Why a call has to be approved stands where the person is asked.
  called: (event) => ({
    mark: 'good',
    what: `calls ${callText(event)}: ${event.decision === 'ask' ? 'approved' : 'allowed'}`,
    ...(event.decision === 'ask' ? {} : reason(heldText(event))),
  }),
  asked: (event) => ({
    mark: 'question',
    what: `${event.role} asks ${event.to}${event.tool === undefined ? `: ${event.text}` : ` about ${callText(event)}`}`,
    ...reason(event.because),
  }),
  answered: ({ by, role, text, end, because }) => ({
    mark: end ? 'up' : 'plain',
    what: end ? `${because ?? `${by} settles it`}: the climb ends` : answerText({ by, role, text }),
  }),
  approved: ({ by, tool, argument }) => ({
    mark: 'good',
    what: tool === 'delegate' ? `${by} approves the hand-over to ${argument}` : `${by} approves`,
  }),
  refused: refusal,
  failed: ({ role, class: failure, because, end }) => ({
    mark: 'bad',
    what: end ? `given up: ${because ?? failure}` : `${role} fails: ${failure}`,
    ...(end ? {} : reason(because)),
  }),
  escalated: escalation,
  passed: ({ gate, by, because }) => ({
    mark: 'good',
    what: `passes the gate ${gate}${by === undefined ? '' : `, checked by ${by}`}`,
    ...reason(because),
  }),
  done: ({ waited = 0, worked = 0, flawed, because, text }) => ({
    mark: flawed ? 'bad' : 'good',
    what: `done${worked > 0 ? ` after ${spanText(worked)} of work` : ''}${waited > 0 ? `, ${spanText(waited)} in the queue` : ''}${flawed ? ', with a flaw that nobody found' : ''}${text === undefined ? '' : `: ${text}`}`,
    ...reason(because),
  }),
};

function answerText({ by, role, text = '' }: Pick<SimEvent, 'by' | 'role' | 'text'>): string {
  if (text === 'guides') return `${by} guides ${role}`;
  if (text === 'advice') return `${by} advises ${role}`;
  return text === 'looks for somebody else' || text === 'decides' ? `${by} ${text}` : `${by} answers ${role}: ${text}`;
}

function refusal(event: SimEvent): Sentence {
  if (event.gate !== undefined)
    return { mark: 'bad', what: `may not finish before the gate ${event.gate}`, ...reason(event.because) };
  if (event.tool === undefined) return { mark: 'bad', what: `may not turn to ${event.to}`, ...reason(event.because) };
  if (event.tool === 'delegate' && event.argument !== '')
    return { mark: 'bad', what: `may not hand work to ${event.argument}`, ...reason(heldText(event)) };
  const by = event.by === undefined ? 'denied' : `refused by ${event.by}`;
  return {
    mark: 'bad',
    what: `calls ${callText(event)}: ${by}`,
    ...reason(event.by === undefined ? heldText(event) : undefined),
  };
}

function escalation({ role, to, step, class: failure, because, text }: SimEvent): Sentence {
  if (failure === 'utilization') return { mark: 'up', what: `${role} tells ${to} of the load`, ...reason(because) };
  if (to === undefined) return { mark: 'up', what: `${role} has too much to do`, ...reason(because) };
  const again = to === role;
  const what = again ? `${step}: ${role} tries again (${failure})` : `${step}: goes to ${to} (${failure})`;
  const advice = text === undefined || again ? [] : [`now: ${text.split('; ')[0]}`];
  return {
    mark: 'up',
    what,
    ...reason([...(because === undefined ? [] : [because]), ...advice].join('; ') || undefined),
  };
}

function heldText({ because, held }: SimEvent): string | undefined {
  if (held === undefined || held === 'native') return because;
  return `${because ?? ''} (${held === 'guarded' ? 'held by the guard' : 'only the prompt says so there'})`.trim();
}

function reason(why: string | undefined): { readonly why?: string } {
  return why === undefined ? {} : { why };
}

function callText({ tool, argument }: SimEvent): string {
  return argument === undefined || argument === '' ? `${tool}` : `${tool} \`${argument}\``;
}
