import { wantedInstead } from '../target/own-fields.ts';
import type { Manifest } from '../target/target.ts';
import { entries, listOf } from '../team/items.ts';
import type { Role } from '../team/team.ts';
import { platformsOf } from './platforms.ts';
import type { Rule, RuleContext } from './rule.ts';

/** A platform's own reader has the last word on what a file says. */
export const unsafeText: Rule = {
  id: 'unsafe-text',
  summary: "A platform's own reader would change, cut or refuse what a role says.",
  severity: 'warning',

  check(context) {
    if (context.targets.length === 0) return;
    for (const platform of platformsOf(context)) {
      for (const role of context.facts.roles) {
        if (!role.own) continue;
        checkOwnFields(role, platform, context);
        if (platform.target === 'claude-code') checkDescription(role, platform, context);
      }
      checkSizes(platform, context);
    }
  },
};

/** Claude Code drops a wrong value without a word; opencode does not start with one. */
function checkOwnFields(role: Role, { target, title }: Manifest, { report }: RuleContext): void {
  for (const [field, value] of entries(role.fields.targets?.[target] as Readonly<Record<string, unknown>>)) {
    const words = wantedInstead(target, field, value);
    if (words === undefined) continue;
    const fatal = target === 'opencode';
    const said = `"${field}: ${JSON.stringify(value).replaceAll('"', '')}"`;
    report({
      at: role.place('targets', target, field),
      role: role.id,
      ...(fatal ? { severity: 'error' as const } : {}),
      message: `${fatal ? `${title} does not start with ${said} of ${role.id}` : `${title} drops ${said} of ${role.id} without a word`}: it takes ${words}.`,
      help: 'Write a value that the platform knows, or leave the field out.',
    });
  }
}

/** Claude Code loads no agent without a description, and reads a backslash and an n in one as the end of a line. */
function checkDescription(role: Role, { title }: Manifest, { report }: RuleContext): void {
  const uses = listOf(role.fields['when-to-use']);
  if (role.fields.description === undefined && uses.length === 0)
    report({
      at: role.at,
      role: role.id,
      severity: 'error',
      message: `${title} loads no agent without a description, and ${role.id} has none.`,
      help: 'Say in a sentence what the role is for.',
    });
  for (const field of ['description', 'when-to-use'] as const) {
    const text = listOf(role.fields[field]).find((one) => one.includes('\\n'));
    if (text === undefined) continue;
    const at = text.indexOf('\\n');
    report({
      at: role.place(field),
      role: role.id,
      message: `${title} breaks the line in the ${field} of ${role.id} where it says "${text.slice(Math.max(0, at - 12), at + 12)}".`,
      help: 'Write a slash in the place of the backslash, or other words.',
    });
  }
}

function checkSizes({ target, title, limits }: Manifest, { plan, team, report }: RuleContext): void {
  const most = limits?.['file-size'];
  if (most === undefined) return;
  for (const { from, path, content } of plan(target).files) {
    const role = team.roles.get(from);
    if (!role?.own || content.length * 3 <= most) continue;
    const size = new TextEncoder().encode(content).length;
    if (size <= most) continue;
    report({
      at: role.fields.instructions === undefined ? role.at : role.place('instructions'),
      role: role.id,
      severity: 'error',
      message: `${title} does not load ${role.id}: ${path} would have ${size} bytes, and ${most} are the most.`,
      help: 'Put a part of the instructions into files that the role reads when it needs them.',
    });
  }
}
