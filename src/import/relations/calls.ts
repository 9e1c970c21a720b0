import type { Passage } from '../found.ts';
import { classOf } from './labels.ts';
import type { Names } from './names.ts';
import type { Relation } from './relation.ts';
import { isHandle } from './written-name.ts';

interface Form {
  readonly anchor: string;
  /** Tried at the anchor; its only group is the name. Bounded: nothing in it repeats without end. */
  readonly call: RegExp;
  /** Whether a name that no agent has counts too. */
  readonly strong: boolean;
}

const NAME = '([^"\'`\\n{}<>$(),]{1,80})';

const FORMS: readonly Form[] = [
  {
    anchor: 'subagent_type',
    call: new RegExp(`subagent_type["'\`]?\\s{0,5}[:=]\\s{0,5}["'\`]${NAME}["'\`]`, 'y'),
    strong: true,
  },
  { anchor: 'Agent(', call: new RegExp(`Agent\\(["'\`]?${NAME}["'\`]?\\)`, 'y'), strong: false },
  { anchor: 'Task(', call: new RegExp(`Task\\(["'\`]?${NAME}["'\`]?\\)`, 'y'), strong: false },
  { anchor: '<new_task>', call: new RegExp(`<new_task>\\s{0,20}<mode(?:_slug)?>${NAME}</mode`, 'y'), strong: true },
  {
    anchor: 'new_task',
    call: new RegExp(
      `new_task["'\`]?[^\\n]{0,60}?\\bmode(?:_slug)?["'\`]?\\s{0,5}[:=]\\s{0,5}["'\`]${NAME}["'\`]`,
      'y',
    ),
    strong: true,
  },
  {
    anchor: 'switch_mode',
    call: new RegExp(
      `switch_mode["'\`]?[^\\n]{0,60}?\\bmode(?:_slug)?["'\`]?\\s{0,5}[:=]\\s{0,5}["'\`]${NAME}["'\`]`,
      'y',
    ),
    strong: true,
  },
];

/** The agents that a text calls in a platform's own syntax, each once: `subagent_type: "x"`, `Task(x)`, `new_task`. */
export function relationsInCalls(source: string, passage: Passage, names: Names): Relation[] {
  const { text } = passage;
  const relations = new Map<string, Relation>();
  for (const form of FORMS)
    for (let at = text.indexOf(form.anchor); at !== -1; at = text.indexOf(form.anchor, at + form.anchor.length)) {
      form.call.lastIndex = at;
      const match = form.call.exec(text);
      const name = match?.[1] as string;
      const target = match && targetOf(name.trim().replace(/^@/, ''), form, names);
      if (!target || relations.has(target.target) || ('id' in target.resolution && target.resolution.id === source))
        continue;
      const start = at + match[0].lastIndexOf(name);
      const evidence = form.anchor.replace(/[<>(]/g, '');
      relations.set(target.target, {
        ...target,
        type: 'delegates-to',
        source,
        at: passage.place(start, start + name.length),
        pattern: 'call',
        evidence,
        confidence: 'likely',
      });
    }
  return [...relations.values()];
}

function targetOf(target: string, { strong }: Form, names: Names): Pick<Relation, 'target' | 'resolution'> | undefined {
  const resolution = names.resolve(target);
  const unknown = resolution.kind === 'dangling';
  return unknown && !(strong && isHandle(target) && !isPlaceholder(target)) ? undefined : { target, resolution };
}

/** Words that stand where a name is to be put in. */
function isPlaceholder(written: string): boolean {
  return (
    /^(?:agent|sub-?agent|mode|name|type|specialist|your|some|example|foo|x+|mode-slug|agent-(?:name|type)|mode_slug|slug)(?:[-_](?:name|type|slug|here))?$/i.test(
      written,
    ) || classOf(written) !== undefined
  );
}
