import type { Feature } from './features.ts';
import type { Level, Manifest } from './target.ts';

/** What the manifest says of a feature; permissions of all tools may be answered together. */
export function levelOf(manifest: Manifest, feature: Feature): Level {
  const claim = claimOf(manifest, feature);
  return typeof claim === 'string' ? claim : claim.level;
}

/** The manifest's claim for a feature, `lost` where it says nothing. */
export function claimOf(manifest: Manifest, feature: Feature): Manifest['carries'][string] {
  const { carries } = manifest;
  return carries[feature] ?? (feature.startsWith('permissions.') ? carries['permissions'] : undefined) ?? 'lost';
}
