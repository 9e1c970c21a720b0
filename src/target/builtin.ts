import { brought } from './brought.ts';
import { manifests } from './generated/manifests.ts';
import type { Manifest, Target } from './target.ts';

/** The names of the targets that teamc brings, with their other names. */
export const BUILTIN: readonly { readonly name: string; readonly aliases: readonly string[] }[] = Object.values(
  manifests,
).map((manifest) => {
  const { target, aliases = [] } = manifest as Manifest;
  return { name: target, aliases };
});

/** The manifest alone of a target that teamc brings, by its name. */
export function builtinManifest(name: string): Manifest | undefined {
  return Object.hasOwn(manifests, name) ? (manifests[name] as Manifest) : undefined;
}

/** A target that teamc brings, by its name or another one. */
export function builtinTarget(name: string): Target | undefined {
  const found = BUILTIN.find((target) => target.name === name || target.aliases.includes(name));
  return found && brought(found.name);
}
