import type HandlebarsRuntime from 'handlebars';
import runtime from 'handlebars/runtime.js';
import { manifests } from './generated/manifests.ts';
import { templates } from './generated/templates.ts';
import { claudeCode } from './platforms/claude-code.ts';
import { opencode } from './platforms/opencode.ts';
import { roo } from './platforms/roo.ts';
import { renderer } from './render.ts';
import type { Manifest, Platform, Target } from './target.ts';

/** The runtime alone: it renders what was compiled before, and its own types say nothing. */
const Handlebars = runtime as unknown as typeof HandlebarsRuntime;

const PLATFORMS: Readonly<Record<string, Platform>> = { 'claude-code': claudeCode, opencode, roo };

/** A target that teamc brings, by its own name; its templates were compiled when teamc was built. */
export function brought(name: string): Target {
  const handlebars = Handlebars.create();
  const compiled = new Map(
    Object.entries(templates[name]!).map(([file, spec]) => [file, handlebars.template(spec as never)]),
  );
  const platform = PLATFORMS[name];
  return {
    manifest: manifests[name] as Manifest,
    render: renderer(handlebars, compiled),
    ...(platform ? { platform } : {}),
  };
}
