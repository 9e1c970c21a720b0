import { existsSync } from 'node:fs';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe } from 'vitest';

const PLACES = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser of this machine, if it has one; CHROMIUM names another. */
const found = PLACES.find((path): path is string => path !== undefined && existsSync(path));

/** A page of the real browser that notes what goes wrong in it, and every request that leaves it. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors and warnings of its console, exceptions, and requests for anything but a file or data. */
  readonly troubles: readonly string[];
}

/**
 * Tests in the real browser: the browser starts once for all of them. Where the machine has none they are told as skipped,
 * but in CI a missing browser fails.
 */
export function describeInBrowser(name: string, tests: (open: () => Promise<WatchedPage>) => void): void {
  const missing = found === undefined && process.env['CI'] === undefined;
  describe.skipIf(missing)(missing ? `${name} (skipped: there is no Chromium here)` : name, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      if (found === undefined) throw new Error('There is no Chromium; install it, or name one in CHROMIUM.');
      browser = await puppeteer.launch({
        executablePath: found,
        args: ['--no-sandbox', '--disable-gpu', '--force-device-scale-factor=1', '--font-render-hinting=none'],
      });
    });
    afterAll(() => browser?.close());
    tests(async () => watched(await browser!.newPage()));
  });
}

function watched(page: Page): WatchedPage {
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('request', (request) => {
    if (!/^(?:file|data|about|blob):/.test(request.url())) troubles.push(`request: ${request.url()}`);
  });
  return { page, troubles };
}
