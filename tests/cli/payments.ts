/** A small team in which every way of deciding a call occurs; its line numbers are part of what the tests compare. */
export const PAYMENTS = `teamc: 1
name: payments
entry: lead
people: { owner: { description: Owns the repository. } }
tool-groups: { build: [read, edit, shell] }
permissions:
  careful-shell:
    - shell:
        - ask: "*"
        - allow: ["npm *", "git status *"]
        - { deny: "terraform *", because: infrastructure is the platform's, instead: platform }
defaults: { tools: build, permissions: careful-shell }
targets: { claude-code: {}, opencode: {}, roo: {} }
roles:
  lead:
    description: Hands out work.
    tools: [read, todo, "mcp:tickets"]
    delegates-to:
      - developer
      - { role: platform, approval: owner, because: production is at stake }
  developer:
    description: Writes code.
    aliases: dev
    permissions: [{ edit: [deny: "*", allow: "src/**"] }]
  platform:
    description: Runs the infrastructure.
    permissions: [{ shell: [allow: "terraform plan *", ask: "terraform apply *"] }]
`;
