import { own } from '../text/own.ts';

/** Colours that a role may name, as `#RRGGBB`. Of two names for one colour the first is the one that it is read back by. */
const COLORS: Readonly<Record<string, string>> = {
  red: '#DC2626',
  orange: '#EA580C',
  yellow: '#CA8A04',
  green: '#16A34A',
  teal: '#0D9488',
  cyan: '#0891B2',
  blue: '#2563EB',
  violet: '#7C3AED',
  purple: '#9333EA',
  magenta: '#C026D3',
  pink: '#DB2777',
  brown: '#92400E',
  gray: '#6B7280',
  grey: '#6B7280',
  white: '#F9FAFB',
  black: '#111827',
};

/** A colour as `#RRGGBB`; nothing where it is none, and no name of one. */
export function hexOf(color: string): string | undefined {
  return /^#[0-9a-f]{6}$/i.test(color) ? color : own(COLORS, color.toLowerCase());
}

/** The name of a colour; the colour itself where it has none. */
export function colorNamed(hex: string): string {
  return Object.keys(COLORS).find((name) => COLORS[name] === hex) ?? hex;
}
