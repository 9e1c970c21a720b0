import type { Style } from '../../report/result.ts';
import { simulateHtml } from '../../report/simulate/simulate-html.ts';
import { simulateJson } from '../../report/simulate/simulate-json.ts';
import { simulateJsonl } from '../../report/simulate/simulate-jsonl.ts';
import { simulateJunit } from '../../report/simulate/simulate-junit.ts';
import { simulateMermaid } from '../../report/simulate/simulate-mermaid.ts';
import { simulateOtlp } from '../../report/simulate/simulate-otlp.ts';
import type { PlayedRun } from '../../report/simulate/simulate-result.ts';
import { simulateTree } from '../../report/simulate/simulate-tree.ts';
import type { SimulateOptions } from './options.ts';

/** Runs as the format that was asked for tells them. */
export function formatRuns(runs: readonly PlayedRun[], format: SimulateOptions['format'], style: Style): string {
  switch (format) {
    case 'json':
      return simulateJson(runs);
    case 'junit':
      return simulateJunit(runs);
    case 'html':
      return simulateHtml(runs);
    case 'otlp':
      return simulateOtlp(runs);
    case 'jsonl':
      return simulateJsonl(runs);
    case 'mermaid':
      return runs.map(simulateMermaid).join('');
    case 'tree':
      return runs.map((run) => simulateTree(run, style)).join('\n');
  }
}
