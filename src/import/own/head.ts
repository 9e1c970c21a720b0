import { listIn } from './words.ts';

/** What the comment under a prompt says where its head could be read in more than one way. */
export interface Notes {
  /** The name within the heading; before it stands the icon. */
  readonly name?: string;
  /** How long the description is, and what the role is for, in characters. */
  readonly lengths?: readonly [description: number, use: number];
  /** What the role is for is one text, though it could be read as several. */
  readonly oneUse?: true;
}

/** The icon and the name of a role. */
export interface Title {
  readonly icon?: string;
  readonly name: string;
}

/** The heading is the icon and the name; an icon is a sign and no word. */
export function titleIn(title: string, { name: noted }: Notes = {}): Title {
  if (noted !== undefined && title.endsWith(noted)) {
    const icon = title.slice(0, -noted.length).trimEnd();
    return { ...(icon === '' ? {} : { icon }), name: noted };
  }
  const [, icon, name] = /^(\p{Extended_Pictographic}\S*|[^\p{L}\p{N}\s`"'(]\S{0,8}) (.+)$/su.exec(title) ?? [];
  return { ...(icon === undefined ? {} : { icon }), name: name ?? title };
}

/** What others read of a role when they choose. */
export interface Summary {
  readonly description: string;
  readonly use: string;
  readonly proactive: boolean;
}

/**
 * A summary is the description, what the role is for, and the platform's word for eagerness: `Use for: ` where teamc set the full
 * stop behind it, `Use: ` where it was there.
 */
export function summaryIn(text: string, eager: string, { lengths }: Notes = {}): Summary {
  if (lengths) return byLengths(text, eager, lengths);
  const proactive = text === eager || text.endsWith(` ${eager}`);
  const rest = proactive ? text.slice(0, -eager.length).trimEnd() : text;
  const [, before, lead, use] = /^((?:.* )?)(Use(?: for)?: )(.*\.)$/s.exec(rest) ?? [];
  if (lead === undefined) return { description: rest, use: '', proactive };
  return { description: before!.trimEnd(), use: lead === 'Use: ' ? use! : use!.slice(0, -1), proactive };
}

function byLengths(text: string, eager: string, [description, use]: readonly [number, number]): Summary {
  const rest = text.slice(description);
  const lead = /Use(?: for)?: /.exec(rest);
  const from = use === 0 || !lead ? 0 : lead.index + lead[0].length;
  const left = rest.slice(from + use).replace(/^\.?\s*/, '');
  return {
    description: text.slice(0, description),
    use: rest.slice(from, from + use),
    proactive: left === eager || left.endsWith(` ${eager}`),
  };
}

/** What a role is for, as a text or several. */
export function usesIn(use: string, { oneUse }: Notes = {}): string | readonly string[] {
  if (oneUse) return use;
  const list = listIn(use, '; ');
  return list.length === 1 ? list[0]! : list;
}
