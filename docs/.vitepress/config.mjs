// The documentation site: `npm run docs` builds it into docs/.vitepress/dist, for any web server or none.
import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitepress';

const pagesIn = (folder) =>
  readdirSync(new URL(`../${folder}`, import.meta.url))
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -3))
    .sort()
    .map((name) => ({ text: name, link: `/${folder}/${name}` }));

/** The guide in the order in which it is read; a page that is not named here comes behind. */
const GUIDE = [
  'index',
  'tutorial',
  'recipes',
  'import',
  'relations',
  'lint',
  'permissions',
  'graph',
  'simulate',
  'ci',
  'editors',
  'library',
  'peers',
];
const ELSEWHERE = ['rules', 'benchmarks', 'soak'];

const guide = () => {
  const names = readdirSync(new URL('..', import.meta.url))
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -3))
    .filter((name) => !ELSEWHERE.includes(name));
  const place = (name) => (GUIDE.includes(name) ? GUIDE.indexOf(name) : GUIDE.length);
  return names
    .sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
    .map((name) => {
      const [, title = name] = /^# (.+)$/m.exec(readFileSync(new URL(`../${name}.md`, import.meta.url), 'utf8')) ?? [];
      return { text: title, link: name === 'index' ? '/' : `/${name}` };
    });
};

/** A lead and two workers. */
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="#4f6fe8" stroke-width="1.6"><path d="M8 6v3M8 9L3.5 11M8 9l4.5 2"/><rect x="5" y="1.5" width="6" height="4" rx="1"/><rect x="1" y="11" width="5" height="3.5" rx="1"/><rect x="10" y="11" width="5" height="3.5" rx="1"/></svg>';

export default defineConfig({
  title: 'teamc',
  description: 'The compiler for teams of AI agents',
  head: [['link', { rel: 'icon', href: `data:image/svg+xml,${encodeURIComponent(ICON)}` }]],
  cacheDir: '../node_modules/.cache/vitepress',
  metaChunk: true,
  // What lies beside docs/ in the repository is no page of the site.
  ignoreDeadLinks: [/^(?:\.\/)?\.\.\//],
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Guide', link: '/' },
      { text: 'Language', link: '/reference/role' },
      { text: 'Rules', link: '/rules' },
      { text: 'Platforms', link: '/targets/claude-code' },
    ],
    sidebar: [
      { text: 'Guide', items: guide() },
      { text: 'Platforms', items: pagesIn('targets') },
      { text: 'The language', items: pagesIn('reference') },
      { text: 'Measured', items: [{ text: 'Benchmarks', link: '/benchmarks' }, { text: 'Long checks', link: '/soak' }] },
      { text: 'Lint rules', collapsed: true, items: [{ text: 'All rules', link: '/rules' }, ...pagesIn('rules')] },
    ],
  },
});
