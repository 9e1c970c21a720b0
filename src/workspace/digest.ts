import { createHash } from 'node:crypto';

/** Names a content: two that differ have different names. */
export function digest(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 27);
}
