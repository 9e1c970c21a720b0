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
const GUIDE = ['index', 'tutorial', 'import', 'relations', 'recipes', 'permissions', 'lint', 'graph', 'editors', 'peers'];
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

export default defineConfig({
  title: 'teamc',
  description: 'The compiler for teams of AI agents',
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
