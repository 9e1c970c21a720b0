import type { RelationType } from './relation.ts';

/** What a key, heading or label says about the names below it. */
export interface Meaning {
  readonly type: RelationType;
  /**
   * Whether the words leave no doubt ("Escalates to"), so that even a name that no agent has is a target. Below a weak
   * label ("Collaboration") only names that lead to an agent are, and those that call a role (`data-engineer`).
   */
  readonly strong: boolean;
}

const strong = (type: RelationType): Meaning => ({ type, strong: true });
const weak = (type: RelationType): Meaning => ({ type, strong: false });

/** Phrases without articles, adverbs and auxiliary verbs; matched as a whole. */
const PHRASES = new Map<string, Meaning>();

function say(meaning: Meaning, phrases: string): void {
  for (const phrase of phrases.split('|')) PHRASES.set(phrase.trim().replace(/\s+/g, ' '), meaning);
}

say(
  strong('delegates-to'),
  `delegate to|delegates to|delegating to|delegated to|delegation to|delegation target|delegation targets|delegates work to
  |delegates tasks to|delegate work to|delegate tasks to|delegatees|delegate agents|delegates|direct reports|direct report
  |assign to|assigns to|assigns work to|assigns tasks to|assign tasks to|dispatch to|dispatches to|route to|routes to|routes work to
  |spawns|invokes|calls agents|subordinates|subordinate agents|supervises|manages agents|委托|委托给|委派|委派给|分派给|派发给`,
);
say(
  weak('delegates-to'),
  `assignment rules|assignment|assignments|assignment matrix|task assignment|task routing|task delegation rules|delegate|spawn|invoke|invoke via task|delegation|delegations|delegation map|delegation matrix|delegation table|delegation patterns|delegation strategy|delegation rules|delegation guidelines
  |roster|subagents|sub agents|team members|team|agents|specialists|workers|manages|orchestrates|oversees|coordinates|delegation targets and rules|agent delegation|task delegation
  |agent selection guide|agent directory|agent catalog|agent registry|specialist agents|agents needed|required agents|sub specialist orchestration|sub agent usage|agent selection|routing|routing table|agent routing|domain routing|delegation protocol|when to delegate|specialist delegation`,
);
say(
  strong('escalates-to'),
  `escalate to|escalates to|escalating to|escalation to|escalated to|escalation target|escalation targets|escalation contact|escalation contacts
  |escalates issues to|escalate issues to|escalation point|升级|升级到|升级给|上报|上报给`,
);
say(
  weak('escalates-to'),
  'escalation protocol|escalation protocols|escalation procedure|escalation procedures|escalation|escalations|escalates|escalate|escalation path|escalation paths|escalation map',
);
say(
  strong('escalates-from'),
  'escalates from|escalated to by|escalation from|escalations from|receives escalations from|escalated from|escalation target for|escalation point for|accepts escalations from',
);
say(
  strong('reports-to'),
  `report to|reports to|reporting to|reports directly to|managed by|supervised by|supervisor|overseen by|direct manager|reporting line
  |汇报|汇报给|汇报对象|向上汇报`,
);
say(weak('reports-to'), 'manager|team leader|team lead|parent agent|parent mode|parent|leader|reporting');
say(
  strong('receives-from'),
  `receive from|receives from|receives tasks from|receives work from|receive tasks from|receives requests from|receives delegation from|accepts tasks from|accept tasks from|accepts work from|accepts from
  |delegated by|delegated from|delegates from|delegating agents|delegating modes|invoked by|called by|assigned by|spawned by|dispatched by|tasks from|接收|接收自|任务来源`,
);
say(
  weak('receives-from'),
  'upstream|upstream agents|upstream agent|input from|inputs from|triggered by|requested by|receives|used by|implements specs from|requirements from|specs from',
);
say(
  strong('hands-off-to'),
  `hand off to|hands off to|handoff to|hand over to|hands over to|passes to|passes work to|hand offs to|handoffs to|next agent|handoff target|handoff targets|移交给|移交`,
);
say(
  weak('hands-off-to'),
  'handoff|handoffs|hand off|hand offs|hand over|downstream|downstream agents|downstream agent|outputs to|output to|handoff patterns',
);
say(
  strong('collaborates-with'),
  `collaborate with|collaborates with|collaborating with|collaboration with|coordinate with|coordinates with|coordinating with|coordination with|work with|works with|works closely with
  |collaborators|partners with|partner with|pairs with|pair with|consults|consults with|consult with|peers|peer agents|cooperates with|interacts with|syncs with|协调|协作|配合|协同`,
);
say(
  weak('collaborates-with'),
  `collaboration|coordination|cooperation|integration|integration points|integrates with|integration with other agents|integration with agents|integration with other modes|integration with team|agent integration|agent collaboration|agent coordination
  |collaboration with other agents|coordination with other agents|working with other agents|when working with other agents|with other agents|with other modes|other agents|when to bring in other agents|when to involve other agents|when to consult other agents|when to call other agents|related agents|team collaboration|multi agent coordination|multi agent collaboration
  |inter agent collaboration|inter agent communication|inter agent coordination|cross agent collaboration|collaboration patterns|collaboration signals|collaboration protocol|collaboration points|coordination protocol|coordination patterns|coordination points|workflow integration
  |team coordination|handoff coordination|agent interactions|agent relationships|relationships|interactions|cross team collaboration|cross functional collaboration|seamless integration with|interfaces with|related roles|key collaborators|with other coordinators`,
);
say(strong('approved-by'), 'approved by|requires approval from|needs approval from|approval from|approver|approvers');

/** Words that change nothing in what a label says. */
const FILLERS = new Set(
  'the a an can may will must should shall also often usually typically primarily directly closely always i you it this agent mode role primary key main frequently'.split(
    ' ',
  ),
);

/** What a heading or label says about names, if it speaks of them. */
export function meaningOfLabel(label: string): Meaning | undefined {
  const words = plainWords(label);
  if (words.length === 0 || words.length > 8) return undefined;
  const whole = PHRASES.get(words.join(' '));
  if (whole) return whole;
  const kept = words.filter((word, index) => !(FILLERS.has(word) && index < words.length - 1) || words.length === 1);
  return PHRASES.get(kept.join(' ')) ?? rosterOf(kept);
}

/** "Backend Specialist Roster", "Available subagents for this project", "Your team", "Integration with other house agents". */
function rosterOf(words: readonly string[]): Meaning | undefined {
  const last = words.at(-1) as string;
  if (words.length <= 4 && last === 'roster') return strong('delegates-to');
  const available = words[0] === 'available' ? words.slice(1, 4).find((word) => CLASSES.has(word)) : undefined;
  if (available) return available === 'modes' ? weak('delegates-to') : strong('delegates-to');
  if (/^integration with other /.test(words.join(' ')) && CLASSES.has(last)) return weak('collaborates-with');
  if (
    words.length <= 3 &&
    /^(?:managed|delegated|supervised|subordinate|assigned)$/.test(words[0] as string) &&
    CLASSES.has(last)
  )
    return strong('delegates-to');
  if (words.length <= 3 && /^(?:coordination|collaboration)$/.test(last)) return weak('collaborates-with');
  if (words[0] === 'your' && words.length <= 3 && (CLASSES.has(last) || last === 'team')) return weak('delegates-to');
  return undefined;
}

/** Nouns for many agents at once. */
const CLASSES: ReadonlySet<string> = new Set(
  `agents subagents specialists workers modes leads directors experts engineers developers coordinators architects members reviewers teams roles
  orchestrators designers managers analysts assistants teammates peers stakeholders executors`.split(/\s+/),
);

const SENTENCE = /^(?:when|if|for|how|what|why|never|do not|don't|avoid)\b/;

function plainWords(label: string): string[] {
  const text = label
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]{0,80}\)/g, ' ')
    .replace(/^\s*(?:\d{1,3}[.):-]?\s)+/, ' ');
  if (SENTENCE.test(text.trim()) && !PHRASES.has(text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim())) return [];
  return text
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, 10);
}

/** Keys of front matter in every spelling: compared without case and separators. */
const KEYS = new Map<string, Meaning>(
  [...PHRASES]
    .filter(
      ([phrase, { strong }]) =>
        strong && /^[a-z ]+$/.test(phrase) && !/^(?:peers|spawn|invokes?|delegate)$/.test(phrase),
    )
    .map(([phrase, meaning]) => [phrase.replaceAll(' ', ''), meaning]),
);
for (const [meaning, keys] of [
  [strong('delegates-to'), 'candelegate candelegateto canspawn caninvoke cancall allowedsubagents'],
  [weak('delegates-to'), 'delegation delegations subagents team teammembers members manages'],
  [strong('escalates-to'), 'canescalateto'],
  [weak('escalates-to'), 'escalation escalations escalationpath'],
  [strong('reports-to'), 'manager teamleader teamlead parentagent'],
  [weak('hands-off-to'), 'handoffs handoff handsoff'],
  [strong('receives-from'), 'receivesinputfrom'],
  [weak('receives-from'), 'receives'],
  [strong('collaborates-with'), 'sharescontextwith integrateswith'],
  [weak('collaborates-with'), 'collaboration coordinates collaborates relatedagents'],
  [strong('approved-by'), 'requiresapprovalfrom needsapprovalfrom approvedby'],
] as const)
  for (const key of keys.split(' ')) KEYS.set(key, meaning);

/** What a key of the front matter says about the names in its value, if it speaks of them. */
export function meaningOfKey(key: string): Meaning | undefined {
  return key.length > 40 ? undefined : KEYS.get(key.toLowerCase().replace(/[^a-z]/g, ''));
}

/** Keys below which relations may stand. */
export function holdsRelations(key: string): boolean {
  return /^(?:routing|metadata|meta|integrations?|hierarchy|relations?|relationships?|coordination|delegations?|team|organi[sz]ation|x-.*|orchestration|config|agent|agents|roles?|escalations?)$/i.test(
    key,
  );
}

/** Who a name means that is no agent's: a class, whoever gave the task, a person; `nobody` for "None". */
export function classOf(written: string): 'group' | 'dynamic' | 'person' | 'nobody' | undefined {
  const words = plainWords(written);
  const text = words.join(' ');
  if (words.length === 0 || NOBODY.has(text)) return 'nobody';
  if (PEOPLE.has(text) || /^hr \d+$/.test(text)) return 'person';
  const [first, last] = [words[0] as string, words.at(-1) as string];
  const many = CLASSES.has(last);
  if (DYNAMIC.has(first) && words.length <= 6) return many ? 'group' : isWhoever(words, last) ? 'dynamic' : undefined;
  return many && words.length <= 5 && !(words.length > 1 && written.includes('-')) ? 'group' : undefined;
}

function isWhoever(words: readonly string[], last: string): boolean {
  return words.length === 1 || CLASSES.has(`${last}s`) || last === 'task';
}

/** Whether a name of several parts ends in what roles are called by: `data-engineer`, "Frontend Engineer". */
export function callsRole(written: string): boolean {
  const words = written.toLowerCase().split(/[-_/. ]+/);
  const last = words.at(-1) as string;
  return words.length > 1 && (CLASSES.has(`${last}s`) || ROLES.has(last));
}

const ROLES = new Set(
  'pro,auditor,optimizer,tester,writer,scientist,admin,administrator,strategist,guardian,researcher,programmer,artist,owner,master,planner,builder,generator,validator,debugger,advisor,consultant,scout,archaeologist,automator,configurator,modernizer,officer,commander,editor,reporter,scribe,mentor,coach,producer,synthesizer,checker,curator,tracker,verifier,executor,dba,lead,qa,ops,devops,sre'.split(
    ',',
  ),
);

const NOBODY = new Set([
  'none',
  'n a',
  'na',
  'null',
  'nobody',
  'no one',
  'nothing',
  'not applicable',
  'tbd',
  'empty',
  '无',
  'nil',
]);

const PEOPLE = new Set(
  'user,the user,users,human,humans,the human,human operator,human reviewer,human user,end user,client,the client,customer,board,ceo,cto,cfo,coo,cio,ciso,cpo,cmo,maintainer,maintainers,product owner,stakeholder,stakeholders,main thread,main agent,main claude,claude,claude code,operator,hr'.split(
    ',',
  ),
);

const DYNAMIC = new Set(
  'delegating,requesting,calling,invoking,originating,assigning,relevant,appropriate,other,various,any,all,each,every,multiple,respective,whoever,caller,delegator,requester,parent,applicable,specific,self,corresponding,suitable,affected'.split(
    ',',
  ),
);
