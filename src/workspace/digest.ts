import { hash } from 'node:crypto';

/** Names a content: two that differ have different names. */
export function digest(content: Uint8Array | string): string {
  return hash('sha256', content, 'base64url').slice(0, 27);
}
