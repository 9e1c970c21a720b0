// A check for a build server of one's own: what is wrong, what a role may do, and what the platforms' files are.
import { build, can, compare, lint, loadTeam, simulate } from 'teamc';

const team = loadTeam(import.meta.dirname);

for (const { severity, message, file, line } of lint(team)) console.log(`${severity} ${file}:${line} ${message}`);

const { decision, rule } = can(team, 'mate', 'shell', 'lamp off --now');
console.log(`mate may switch the lamp off: ${decision}, by "${rule.pattern}" in line ${rule.line}`);

const { files } = await build(team, { targets: ['opencode'] });
console.log(`opencode gets ${files.map(({ path }) => path).join(', ')}`);

const { verdict, changes } = compare(team, team, { targets: [undefined, 'claude-code'] });
console.log(`on Claude Code the team is ${verdict}${changes.length > 0 ? `: ${changes[0].tool} ${changes[0].witness}` : ''}`);

const { outcome, events } = simulate(team, 'The lamp flickers');
console.log(`the request is ${outcome} after ${events.length} events`);
