import { github } from './github.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { prettyReport } from './pretty.ts';
import type { Format } from './result.ts';
import { sarif } from './sarif.ts';

/** Every format of a lint report, by the name that `--format` takes. */
export const formats = { pretty: prettyReport, json, sarif, github, junit } as const satisfies Record<string, Format>;

/** The name of a format. */
export type FormatName = keyof typeof formats;
