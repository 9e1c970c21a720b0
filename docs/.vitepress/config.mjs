// The documentation site: `npm run docs` builds it into docs/.vitepress/dist, for any web server or none.
import { readdirSync } from 'node:fs';
import { defineConfig } from 'vitepress';

const pagesIn = (folder) =>
  readdirSync(new URL(`../${folder}`, import.meta.url))
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -3))
    .sort()
    .map((name) => ({ text: name, link: `/${folder}/${name}` }));

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
      {
        text: 'Guide',
        items: [
          { text: 'What teamc is', link: '/' },
          { text: 'Recipes', link: '/recipes' },
          { text: 'Permissions', link: '/permissions' },
          { text: 'Lint', link: '/lint' },
          { text: 'Pictures', link: '/graph' },
          { text: 'Editors', link: '/editors' },
          { text: 'How teamc compares', link: '/peers' },
        ],
      },
      { text: 'Platforms', items: pagesIn('targets') },
      { text: 'The language', items: pagesIn('reference') },
      { text: 'Measured', items: [{ text: 'Benchmarks', link: '/benchmarks' }, { text: 'Long checks', link: '/soak' }] },
      { text: 'Lint rules', collapsed: true, items: [{ text: 'All rules', link: '/rules' }, ...pagesIn('rules')] },
    ],
  },
});
