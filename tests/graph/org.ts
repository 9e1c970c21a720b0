const DEPARTMENTS = 'payments storefront logistics identity platform data mobile research support security'.split(' ');
const TRADES = 'api schema queue cache ledger search report import export layout access audit release trace test'.split(
  ' ',
);
const KINDS = 'developer reviewer tester writer analyst'.split(' ');

/**
 * A team of so many roles as people build them: a coordinator, departments with a lead, crews with a head, workers; they
 * escalate upwards, report, work together, and a few have mistakes.
 */
export function org(count: number): string {
  const departments = DEPARTMENTS.slice(0, Math.max(1, Math.min(DEPARTMENTS.length, Math.round(count / 40))));
  const roles: string[] = [];
  const perDepartment = Math.ceil((count - 1) / departments.length);
  const leads: string[] = [];
  let left = count - 1;
  for (const [at, department] of departments.entries()) {
    const size = Math.min(perDepartment, left);
    left -= size;
    if (size === 0) break;
    const lead = `${department}/lead`;
    leads.push(lead);
    roles.push(...departmentOf({ department, lead, size, neighbour: departments[(at + 1) % departments.length]! }));
  }
  const coordinator = role('coordinator', {
    name: 'Coordinator',
    level: 'strategic',
    extra: `delegates-to: [${leads.join(', ')}], escalates-to: { person: owner, when: scope }`,
  });
  return `teamc: 1
name: company of ${count}
description: Makes and runs everything.
entry: coordinator
people: { owner: { description: Owns the company } }
levels: [strategic, tactical, specialist]
permissions:
  careful:
    - shell: [{ ask: "*" }, { allow: ["npm test *", "git diff *"] }, { deny: "git push *", because: people release }]
defaults: { tools: [read, search], permissions: careful }
assertions:
  - { name: nobody tears production down, never: { role: "*", may: { shell: "terraform destroy *" } } }
targets: { claude-code: {}, opencode: {} }
roles:
${[coordinator, ...roles].join('\n')}
`;
}

interface Department {
  readonly department: string;
  readonly lead: string;
  readonly size: number;
  readonly neighbour: string;
}

function departmentOf({ department, lead, size, neighbour }: Department): readonly string[] {
  const crews = Math.max(1, Math.round((size - 1) / 9));
  const workers = size - 1 - (size > 12 ? crews : 0);
  const heads =
    size > 12
      ? Array.from(
          { length: crews },
          (_, crew) => `${department}/${TRADES[crew % TRADES.length]}-head${crew >= TRADES.length ? crew : ''}`,
        )
      : [];
  const crewOf = (worker: number): string => heads[worker % heads.length] ?? lead;
  const ids = Array.from({ length: workers }, (_, worker) => {
    const kind = KINDS[Math.floor(worker / Math.max(1, heads.length)) % KINDS.length];
    return `${department}/${TRADES[worker % TRADES.length]}-${kind}${worker >= 15 ? `-${worker}` : ''}`;
  });
  const below = (head: string): string => ids.filter((_, worker) => crewOf(worker) === head).join(', ');
  const own = heads.length > 0 ? heads.join(', ') : below(lead);
  const other =
    neighbour === department
      ? 'escalates-to: coordinator'
      : `collaborates-with: { role: ${neighbour}/lead, for: shared contracts }, escalates-to: coordinator`;
  return [
    role(lead, {
      name: `${title(department)} Lead`,
      department,
      level: 'tactical',
      extra: `delegates-to: [${own}], ${other}`,
    }),
    ...heads.map((id) =>
      role(id, {
        name: title(id.split('/')[1]!),
        department,
        level: 'tactical',
        extra: `delegates-to: [${below(id)}], escalates-to: ${lead}`,
      }),
    ),
    ...ids.map((id, worker) =>
      role(id, {
        name: title(id.split('/')[1]!),
        department,
        level: 'specialist',
        extra: `tools: [read, search, edit, shell], permissions: [careful, { edit: [{ deny: "*" }, { allow: "${department}/**" }] }${worker === 0 ? ', { shell: [{ ask: "terraform *" }] }' : ''}], escalates-to: ${worker % 17 === 5 ? 'nobody-there' : crewOf(worker)}`,
      }),
    ),
  ];
}

function role(
  id: string,
  more: { readonly name: string; readonly level: string; readonly department?: string; readonly extra: string },
): string {
  const department = more.department === undefined ? '' : `department: ${more.department}, `;
  return `  ${id}: { name: ${more.name}, description: "Takes care of ${id} and answers for it.", ${department}level: ${more.level}, ${more.extra} }`;
}

function title(words: string): string {
  return words.replaceAll('-', ' ').replace(/(^| )\w/g, (letter) => letter.toUpperCase());
}
