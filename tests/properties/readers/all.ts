import { DOCUMENT } from './document.ts';
import { IMPORT } from './import.ts';
import { PATTERN } from './pattern.ts';
import type { Reader } from './reader.ts';
import { TEAM_READERS } from './team.ts';
import { WORKSPACE } from './workspace.ts';

/** Every place where teamc takes in what others wrote. */
export const READERS: readonly Reader[] = [...DOCUMENT, ...PATTERN, ...TEAM_READERS, ...IMPORT, ...WORKSPACE];
