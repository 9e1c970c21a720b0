import type HandlebarsRuntime from 'handlebars';
import runtime from 'handlebars/runtime.js';
import { builtin } from './generated/targets.ts';
import { claudeCode } from './platforms/claude-code.ts';
import { opencode } from './platforms/opencode.ts';
import { roo } from './platforms/roo.ts';
import { renderer } from './render.ts';
import type { Manifest, Platform, Target } from './target.ts';

/** The runtime alone: it renders what was compiled before, and its own types say nothing. */
const Handlebars = runtime as unknown as typeof HandlebarsRuntime;

const PLATFORMS: Readonly<Record<string, Platform>> = { 'claude-code': claudeCode, opencode, roo };

/** The names of the targets that teamc brings, with their other names. */
export const BUILTIN: readonly { readonly name: string; readonly aliases: readonly string[] }[] = Object.values(
  builtin,
).map(({ manifest }) => {
  const { target, aliases = [] } = manifest as Manifest;
  return { name: target, aliases };
});

/** The manifest alone of a target that teamc brings, by its name. */
export function builtinManifest(name: string): Manifest | undefined {
  return Object.hasOwn(builtin, name) ? (builtin[name]!.manifest as Manifest) : undefined;
}

/** A target that teamc brings, by its name or another one; its templates were compiled when teamc was built. */
export function builtinTarget(name: string): Target | undefined {
  const found = BUILTIN.find((target) => target.name === name || target.aliases.includes(name));
  const source = found && builtin[found.name];
  if (!source) return undefined;
  const handlebars = Handlebars.create();
  const templates = new Map(
    Object.entries(source.templates).map(([file, spec]) => [file, handlebars.template(spec as never)]),
  );
  const platform = PLATFORMS[found.name];
  return {
    manifest: source.manifest as Manifest,
    render: renderer(handlebars, templates),
    ...(platform ? { platform } : {}),
  };
}
