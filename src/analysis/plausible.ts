import type { Dialect } from '../pattern/policy.ts';

/** Whether an argument surely is in the domain of its dialect: one of plain words, a path of plain names. `false` proves nothing. */
export function isPlausible(dialect: Dialect, argument: string): boolean {
  return PLAUSIBLE[dialect]?.test(argument) ?? false;
}

const PLAUSIBLE: Readonly<Partial<Record<Dialect, RegExp>>> = {
  command:
    /^(?!(?:if|then|elif|else|fi|for|while|until|do|done|case|esac|select|function|time|coproc|eval|(?:\S*\/)?(?:sh|bash|dash|zsh|ksh|ash|fish))(?: |$))[\w./@:+-]+(?: [\w./=@:%+,-]+)*$/,
  path: /^(?:~?\/)?(?!\.{1,2}(?:\/|$))[\w.-]+(?:\/(?!\.{1,2}(?:\/|$))[\w.-]+)*$/,
  url: /^https?:\/\/[a-z0-9]+(?:[.-][a-z0-9]+)*(?::\d+)?\/[\w./-]*$/,
  name: /^[\w-]+(?:[/ ][\w-]+)*$/,
};
