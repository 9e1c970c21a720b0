import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Pointer } from '../../text/place.ts';
import type { FoundAgent } from '../found.ts';
import { tell } from '../tell.ts';

const GROUPS = ['read', 'edit', 'command', 'mcp', 'modes'];

/** What keeps Roo from reading a mode, and with it every mode of its file. */
export function rooModeProblems(agent: FoundAgent, kilo: boolean): readonly Diagnostic[] {
  const { data } = agent;
  const refuse = (pointer: Pointer, why: string, help: string): Diagnostic =>
    tell('platform-refuses-file', 'error', agent.place(pointer), `Roo reads no mode of this file: ${why}.`, {
      help,
      role: agent.id,
    });
  const text = (key: string): readonly Diagnostic[] =>
    typeof data[key] === 'string' && String(data[key]).length > 0
      ? []
      : [
          refuse(
            data[key] === undefined ? [] : [key],
            `${agent.id} has ${data[key] === undefined ? `no \`${key}\`` : `a \`${key}\` that is no text`}`,
            `Write a text for \`${key}\`.`,
          ),
        ];
  const { slug } = data;
  return [
    ...(typeof slug === 'string' && /^[A-Za-z0-9-]+$/.test(slug)
      ? []
      : [
          refuse(
            ['slug'],
            slug === undefined
              ? `${agent.id} has no \`slug\``
              : `the slug "${String(slug)}" is more than letters, digits and hyphens`,
            `Give it ${slug === undefined ? 'a' : 'another'} slug, in quotes if it is a number.`,
          ),
        ]),
    ...text('name'),
    ...text('roleDefinition'),
    ...['whenToUse', 'description', 'customInstructions'].flatMap((key) =>
      data[key] === undefined ? [] : typeof data[key] === 'string' ? [] : text(key),
    ),
    ...groupProblems(agent, refuse),
    ...ignored(agent, kilo),
  ];
}

type Refuse = (pointer: Pointer, why: string, help: string) => Diagnostic;

function groupProblems(agent: FoundAgent, refuse: Refuse): readonly Diagnostic[] {
  const { groups } = agent.data;
  if (!Array.isArray(groups))
    return [
      refuse(
        groups === undefined ? [] : ['groups'],
        `${agent.id} has no list of \`groups\``,
        'Write `groups: [read]`, or what the mode needs.',
      ),
    ];
  const seen = new Set<string>();
  return groups.flatMap((group: unknown, index): readonly Diagnostic[] => {
    const name: unknown = Array.isArray(group) ? group[0] : group;
    const at = ['groups', index];
    if (
      typeof name !== 'string' ||
      ![...GROUPS, 'browser'].includes(name) ||
      (Array.isArray(group) && group.length !== 2)
    )
      return [
        refuse(
          at,
          `"${typeof name === 'string' ? name : JSON.stringify(group)}" is no group of ${agent.id} that it knows`,
          `There are ${GROUPS.join(', ')}.`,
        ),
      ];
    if (seen.has(name)) return [refuse(at, `${agent.id} has the group "${name}" twice`, 'Keep one of the two.')];
    seen.add(name);
    return [...regexProblems(agent, group, at, refuse), ...(name === 'browser' ? [browser(agent, at)] : [])];
  });
}

function regexProblems(agent: FoundAgent, group: unknown, at: Pointer, refuse: Refuse): readonly Diagnostic[] {
  const options: unknown = Array.isArray(group) ? group[1] : undefined;
  const regex =
    typeof options === 'object' && options !== null && 'fileRegex' in options ? options.fileRegex : undefined;
  if (typeof regex !== 'string') return [];
  try {
    new RegExp(regex);
    return [];
  } catch {
    return [refuse([...at, 1, 'fileRegex'], `the fileRegex of ${agent.id} is no regular expression`, 'Mend it.')];
  }
}

function browser(agent: FoundAgent, at: Pointer): Diagnostic {
  return tell(
    'platform-drops-tool',
    'info',
    agent.place(at),
    `Roo has no group "browser" any more, and drops it from ${agent.id} without a word.`,
    {
      help: 'Take it out.',
      role: agent.id,
    },
  );
}

/** Keys that mean something elsewhere in a mode, and nothing where they stand. */
function ignored(agent: FoundAgent, kilo: boolean): readonly Diagnostic[] {
  const { data } = agent;
  const drops = (key: string, message: string, help: string): Diagnostic =>
    tell('platform-drops-field', 'warning', agent.place([key], 'key'), message, { help, role: agent.id });
  const groups = Array.isArray(data['groups']) ? data['groups'] : [];
  const limited = groups.findIndex((group: unknown) => Array.isArray(group) && group[0] === 'edit');
  return [
    ...(data['fileRegex'] === undefined
      ? []
      : [
          tell(
            'platform-widens-tools',
            'error',
            agent.place(['fileRegex'], 'key'),
            `Roo ignores \`fileRegex\` here: ${agent.id} may edit every file.`,
            { help: 'It belongs into the group: `- [edit, { fileRegex: … }]`.', role: agent.id },
          ),
        ]),
    ...['tools', 'permissions', 'permission', 'allowedTools'].flatMap((key) =>
      data[key] === undefined
        ? []
        : [
            drops(
              key,
              `Roo does not know \`${key}\`, and ignores it without a word.`,
              'What a mode may do is said by its `groups`.',
            ),
          ],
    ),
    ...(kilo && limited !== -1
      ? [
          tell(
            'platform-drops-field',
            'warning',
            agent.place(['groups', limited]),
            `Kilo Code reads this fileRegex as a glob, and then denies ${agent.id} every edit.`,
            { help: 'Write the agent as `.kilo/agents/*.md`, with `permission`.', role: agent.id },
          ),
        ]
      : []),
  ];
}
