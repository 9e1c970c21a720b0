import { summaryIn, titleIn } from '../import/own/head.ts';
import type { RoleView } from './view.ts';

/** What others read of a role when they choose: the description, what it is for, and the platform's word for eagerness. */
export function summaryOf({ description, whenToUse, proactive }: Said, eager: string): string {
  const use = whenToUse.endsWith('.') ? `Use: ${whenToUse}` : `Use for: ${whenToUse}.`;
  return [description, whenToUse && use, proactive && eager].filter(Boolean).join(' ');
}

type Said = Pick<RoleView, 'description' | 'whenToUse' | 'proactive'>;

/** A note for whoever reads a summary back, where it could be read in another way. */
export function summaryNote({ description, whenToUse, proactive }: Said, text: string, eager: string): string {
  const read = summaryIn(text, eager);
  const same = read.description === description && read.use === whenToUse && read.proactive === proactive;
  return same ? '' : lengthsNote({ description, whenToUse });
}

/** How long the description is, and what the role is for. */
export function lengthsNote({ description, whenToUse }: Pick<Said, 'description' | 'whenToUse'>): string {
  return `, its description ${description.length} and its use ${whenToUse.length} characters`;
}

/** A note for whoever reads a heading back, where icon and name could be told apart in another way. */
export function titleNote(title: string, icon: string, name: string): string {
  const read = titleIn(title);
  if (read.name === name && (read.icon ?? '') === icon) return '';
  return `, its name ${JSON.stringify(name).replaceAll('>', '\\u003e')}`;
}
