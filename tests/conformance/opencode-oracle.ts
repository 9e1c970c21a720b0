// Runs inside the real opencode as a plugin: answers questions with the permission module of that very binary, and ends it.
import { readFileSync, writeFileSync } from 'node:fs';
import type { OracleAnswers, OracleQuestions, OracleRule } from './opencode-client.ts';

/** The part of the binary's own module that is asked; its names are those of 1.18. */
interface PermissionModule {
  evaluate(permission: string, pattern: string, rules: readonly OracleRule[]): OracleRule;
  fromConfig(config: unknown): readonly OracleRule[];
  disabled(tools: readonly string[], rules: readonly OracleRule[]): Iterable<string>;
}

/** Looks in the binary for the bundled file that exports the module, and for the name under which it does. */
function findModule(): { readonly file: string; readonly name: string } {
  const binary = readFileSync(process.execPath);
  const at = binary.indexOf('visibleTools:()=>');
  if (at < 0) throw new Error('This opencode holds no permission module where 1.18 has it.');
  const text = (from: number, length: number): string => binary.subarray(from, from + length).toString('latin1');
  const start = binary.lastIndexOf('/$bunfs/root/chunk-', binary.lastIndexOf('// @bun', at));
  const file = /^\/\$bunfs\/root\/chunk-[a-z0-9]+\.js/.exec(text(start, 60))?.[0];
  const namespace = /(\w+)\((\w+),\{$/.exec(text(at - 40, 40))?.[2];
  const exported = /export\{([^}]*)\}/.exec(text(binary.indexOf('export{', at), 2000))?.[1]?.split(',') ?? [];
  const name = exported.map((one) => one.split(' as ')).find(([inner]) => inner === namespace)?.[1];
  if (file === undefined || name === undefined)
    throw new Error('The permission module of this opencode is bundled in another way.');
  return { file, name };
}

function answer({ lists, configs, questions, disabled }: OracleQuestions, module: PermissionModule): OracleAnswers {
  const rules = [...lists, ...configs.map((config) => module.fromConfig(config))];
  return {
    decisions: questions.map(
      ([list, permission, argument]) => module.evaluate(permission, argument, rules[list]!).action,
    ),
    configs: rules.slice(lists.length),
    disabled: disabled.map(({ list, tools }) => [...module.disabled(tools, rules[list]!)]),
  };
}

async function run(): Promise<void> {
  const { file, name } = findModule();
  const modules = (await import(file)) as Readonly<Record<string, PermissionModule>>;
  const questions = JSON.parse(readFileSync(process.env['ORACLE_IN']!, 'utf8')) as OracleQuestions;
  writeFileSync(process.env['ORACLE_OUT']!, JSON.stringify(answer(questions, modules[name]!)));
}

/** The plugin: opencode calls it once when it starts. */
export async function oracle(): Promise<Readonly<Record<string, never>>> {
  setTimeout(() => {
    run().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        process.exit(3);
      },
    );
  }, 0);
  return {};
}
