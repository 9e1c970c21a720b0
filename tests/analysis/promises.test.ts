import { describe, expect, test } from 'vitest';
import { promisesOf } from '../../src/analysis/promises.ts';
import { loadText } from '../memory.ts';

/** The bounds of a team: whose, as written, how many hours of the role, and what is bound of whom. */
function promised(roles: Readonly<Record<string, object>>): readonly string[] {
  const all = Object.entries(roles).map(([id, role]) => [id, { description: 'Works.', ...role }]);
  const { team } = loadText(JSON.stringify({ teamc: 1, name: 'shop', roles: Object.fromEntries(all) }));
  return promisesOf([...team.roles.values()]).map(
    ({ role, bound, hours, tasks }) =>
      `${role.id} ${bound} ${hours}h: ${tasks.map((task) => `${task.giver.id} ${task.step.do} ${task.hours.join('-')}`).join(', ')}`,
  );
}

describe('The time that a role promises', () => {
  test('is for its tasks whose effort is known, in workflows, playbooks and examples', () => {
    expect(
      promised({
        lead: {
          'delegates-to': ['dev'],
          workflow: [
            { do: 'plan', effort: '1h' },
            { do: 'build', to: 'dev', effort: ['2h', '5h'] },
            { do: 'rest', to: 'dev' },
          ],
          playbooks: { ship: [{ do: 'ship', to: ['dev', 'self'], effort: '30m' }] },
          examples: [{ request: 'Help', tasks: [{ do: 'help', to: ['dev', 'dev'], effort: '3h' }] }],
          metrics: { turnaround: { 'at-most': '8h' } },
        },
        dev: { metrics: { 'cycle-time': { below: '4h' } }, workflow: [{ do: 'test', effort: '1h' }] },
      }),
    ).toEqual([
      'lead 8h 8h: lead plan 1-1, lead ship 0.5-0.5',
      'dev 4h 4h: lead build 2-5, lead ship 0.5-0.5, lead help 3-3, dev test 1-1',
    ]);
  });

  test('is for the tasks that are called what the metric is, by their key, their text or their labels', () => {
    const metrics = (name: string, metric: object | string = { below: '8h' }) =>
      promised({
        dev: {
          workflow: {
            'code-review': { do: 'read', effort: '1h' },
            two: { do: 'a security review', effort: '2h' },
            three: { do: 'mend', labels: { kind: 'code-review' }, effort: '3h' },
            four: { do: 'preview', effort: '4h' },
          },
          metrics: { [name]: metric },
        },
      });
    expect(metrics('review-turnaround')).toEqual(['dev 8h 8h: dev read 1-1, dev a security review 2-2, dev mend 3-3']);
    expect(metrics('code-review-lead-time')).toEqual(['dev 8h 8h: dev read 1-1, dev mend 3-3']);
    for (const every of ['task', 'tasks', 'work', 'job', 'items', 'ticket', 'requests'])
      expect(metrics(`${every}-cycle-time`)).toEqual(metrics('turnaround'));
    expect(metrics('review-turnaround', { 'at-most': '2d' })).toEqual([expect.stringContaining('dev 2d 48h')]);
    expect(metrics('deploy-turnaround')).toEqual([]);
    expect(metrics('turnarounds')).toEqual([]);
    expect(metrics('review-turnaround-x')).toEqual([]);
    expect(metrics('review-turnaround', '8h')).toEqual([]);
    expect(metrics('review-turnaround', { below: 5 })).toEqual([]);
  });

  test('counts only the hours that the role works a day', () => {
    const hours = (bound: string, capacity: object = { 'hours-per-day': 6 }) =>
      promised({
        dev: { capacity, workflow: [{ do: 'test', effort: '1h' }], metrics: { turnaround: { below: bound } } },
      });
    expect(hours('4h')).toEqual(['dev 4h 4h: dev test 1-1']);
    expect(hours('10h')).toEqual(['dev 10h 6h: dev test 1-1']);
    expect(hours('26h')).toEqual(['dev 26h 8h: dev test 1-1']);
    expect(hours('2d')).toEqual(['dev 2d 12h: dev test 1-1']);
    expect(hours('2d', {})).toEqual(['dev 2d 48h: dev test 1-1']);
  });

  test('is for an escalation or a collaboration, the answers about the same conditions and what comes over no delegation', () => {
    const answers = (edge: object, more: object = {}) =>
      promised({
        dev: {
          'collaborates-with': [{ role: 'qa', ...edge }],
          workflow: [
            { do: 'ask', to: 'qa', effort: '1h' },
            { do: 'code', effort: '2h' },
          ],
          ...more,
        },
        qa: {
          workflow: [
            { do: 'look', when: ['release'], effort: '3h' },
            { do: 'idle', effort: '4h' },
            { do: 'stop', when: ['outage'], effort: '5h' },
          ],
        },
        ops: { workflow: [{ do: 'call', to: 'qa', effort: '6h' }] },
      });
    expect(answers({ sla: '8h' })).toEqual(['qa 8h 8h: dev ask 1-1']);
    expect(answers({ sla: '8h', when: ['release'] })).toEqual(['qa 8h 8h: dev ask 1-1, qa look 3-3']);
    expect(answers({ sla: '8h', when: ['release'] }, { 'delegates-to': ['qa'] })).toEqual(['qa 8h 8h: qa look 3-3']);
    expect(answers({ sla: '8h' }, { 'delegates-to': ['qa'] })).toEqual([]);
    expect(answers({ sla: '8h', direction: 'out' })).toEqual([]);
    expect(answers({ sla: '8h', direction: 'in' })).toEqual(['qa 8h 8h: dev ask 1-1']);
    expect(answers({})).toEqual([]);
  });
});
