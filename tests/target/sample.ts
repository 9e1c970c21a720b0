import { stringify } from 'yaml';
import type { RoleDefinition, TeamDefinition } from '../../src/schema/generated/definitions.ts';
import type { LoadedTeam } from '../../src/team/read.ts';
import { loadText } from '../memory.ts';

/** A role that says everything a role can say. */
export const EVERYTHING: RoleDefinition = {
  name: 'Ledger Keeper',
  description: 'Keeps the "ledger": books, checks --- and closes.',
  'when-to-use': 'A booking looks wrong',
  proactive: true,
  icon: '📒',
  color: 'green',
  level: 'tactical',
  department: 'finance',
  categories: ['Keeper'],
  tags: ['books', 'money'],
  version: '2.1.0',
  model: 'strong',
  temperature: 0.2,
  'max-turns': 12,
  mode: 'all',
  tools: [
    'read',
    'search',
    'edit',
    'shell',
    'todo',
    'fetch',
    'skill',
    'mcp:ledger/query',
    'ask-user',
    'web-search',
    'notebook',
  ],
  permissions: [
    {
      read: [{ deny: 'secrets/**' }],
      edit: [{ deny: '*' }, { allow: 'books/**', because: 'the books are its work' }],
      shell: [{ ask: '*' }, { allow: ['ledger *', 'git status'] }, { deny: 'ledger drop *', instead: 'auditor' }],
      fetch: 'allow',
      skill: [{ deny: '*' }, { allow: 'closing' }],
      delegate: [{ ask: 'clerk' }],
      search: 'ask',
      mcp: 'allow',
      'web-search': 'allow',
      notebook: [{ allow: 'books/*.ipynb' }],
      'ask-user': 'ask',
      todo: 'ask',
    },
  ],
  'must-not': [{ do: 'change the tax rules', calls: { edit: 'tax/**' }, instead: 'auditor' }],
  must: [{ do: 'balance both sides', before: 'finish', because: 'one side lies' }],
  'delegates-to': [
    {
      role: 'clerk',
      for: 'bookings',
      keywords: ['invoice', 'receipt'],
      context: { include: 'the receipt', exclude: 'salaries' },
    },
    { role: 'auditor', when: { amount: 'large' }, approval: 'treasurer', 'max-rounds': 2, gate: 'closing' },
  ],
  delegation: { mandatory: true, parallel: false, depth: 1 },
  'escalates-to': [{ person: 'treasurer', when: ['fraud', 'gate-failed'], because: 'money is missing', sla: '4h' }],
  'reports-to': { role: 'chief', for: 'the month', every: '4w', path: 'reports/{month}.md', include: 'balance' },
  'receives-from': ['chief'],
  'collaborates-with': { role: 'auditor', for: 'open questions', direction: 'both', sla: '1d' },
  accepts: { type: ['booking', 'closing'] },
  expertise: { accounting: 'expert' },
  capacity: { 'hours-per-day': 6, slots: 2, utilization: { ideal: '70%', warning: '85%', critical: '95%' } },
  owns: [{ path: 'books/**', exclusive: true, for: 'the ledger' }],
  reads: [
    { path: 'HANDBOOK.md', when: 'start' },
    { path: 'plan.md', from: 'chief', section: 'Budget' },
  ],
  stack: { postgresql: '>=15' },
  skills: ['closing'],
  'mcp-servers': { ledger: 'Queries on the ledger' },
  'quality-gates': { closing: ['both sides are equal', { metric: 'unmatched', 'at-most': 0 }] },
  metrics: { 'days-to-close': { below: '3d' }, happiness: 'what people say' },
  handoff: { required: ['receipt'], optional: ['note'], fields: { urgency: ['low', 'high'] } },
  messages: {
    status: { to: 'delegator', every: '1d', required: ['open'], fields: { open: 'bookings without a receipt' } },
  },
  workflow: [
    { do: 'sort the receipts', when: 'start' },
    { do: 'close', gate: 'closing', calls: { shell: 'ledger close' }, effort: ['1h', '2h'] },
  ],
  playbooks: { 'missing-receipt': { for: 'a gap', steps: [{ do: 'ask for it', to: 'clerk' }] } },
  examples: [
    {
      request: 'Close March',
      tasks: { book: { do: 'book the rest', to: 'clerk' }, close: { do: 'close', needs: 'book' } },
    },
  ],
  mission: 'Every cent has a place.',
  responsibilities: ['The ledger'],
  capabilities: { booking: ['single', 'recurring'] },
  priorities: ['correct', 'soon'],
  standards: { rounding: 'half to even' },
  decisions: [{ for: 'a gap below one euro', choose: 'book it as difference', because: 'searching costs more' }],
  targets: { 'claude-code': { effort: 'high' }, opencode: { variant: 'thinking' } },
  instructions:
    '# Ledger Keeper\n\nBook first, ask later.\n\n\n    indented code  \n\n- a list\n\n---\n\nThe end — “really”.',
};

/** The team around it. */
export const TEAM: TeamDefinition = {
  teamc: 1,
  name: 'counting-house',
  entry: 'chief',
  people: { treasurer: { description: 'Signs' } },
  levels: ['strategic', 'tactical', 'operative'],
  models: { strong: { 'claude-code': 'opus', opencode: 'anthropic/claude-opus-4-5' } },
  escalation: [
    { name: 'again', by: 'self', retries: 2 },
    { name: 'up', by: 'escalates-to' },
  ],
  roles: {
    chief: {
      description: 'Runs the house.',
      level: 'strategic',
      tools: 'read',
      'delegates-to': { role: 'keeper', for: 'the books' },
    },
    keeper: EVERYTHING,
    clerk: { description: 'Books.', level: 'operative', tools: [] },
    auditor: { description: 'Checks.', level: 'operative', tools: ['read', 'search'] },
  },
};

/** The team, with the keeper changed. */
export function sample(keeper: RoleDefinition = EVERYTHING, team: TeamDefinition = TEAM): LoadedTeam {
  return loadText(stringify({ ...team, roles: { ...team.roles, keeper } }, { lineWidth: 0 }));
}
