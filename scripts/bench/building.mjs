// The team and the scenario whose runs are timed: six tasks with gates, people and failures, 48 events a run.

/** A team of four roles. */
export const TEAM = `teamc: 1
name: bench
entry: lead
people: { boss: Decides }
roles:
  lead:
    description: Plans.
    tools: [read]
    delegates-to:
      - { role: [dev, other], gate: check, max-rounds: 2 }
      - { role: ops, when: { type: release }, approval: boss }
    quality-gates: { check: [it works] }
  dev:
    description: Writes.
    tools: [edit, shell]
    permissions: { shell: [ask: "*", allow: "npm *"], edit: allow }
    capacity: { slots: 2, hours-per-day: 8 }
  other:
    description: Writes too.
    tools: [edit, shell]
    permissions: { shell: [ask: "*", allow: "npm *"], edit: allow }
    capacity: { slots: 1, hours-per-day: 8 }
  ops: { description: Ships., tools: shell, permissions: { shell: allow } }
`;

const task = (name, more) =>
  `  ${name}: { do: Do ${name}, effort: [1h, 3h], gate: check, calls: [{ edit: src/${name}.ts }, { shell: npm test }]${more} }`;

/** What it is asked. */
export const SCENARIO = `teamc: 1
request: Build it all
tasks:
${task('api', '')}
${task('schema', '')}
${task('page', ', needs: api')}
${task('login', ', needs: [api, schema]')}
${task('tests', ', needs: [page, login]')}
${task('release', ', needs: tests, labels: { type: release }')}
people: { boss: { approves: 97%, answers-in: [1m, 1h], hours: "09:00-18:00" } }
outcomes: { "*": { ok: 80%, red: 12%, timeout: 5%, odd: 3% } }
expect:
  - { eventually: done }
  - { never: { called: { shell: "terraform *" } } }
  - { share: done, at-least: 90% }
`;
