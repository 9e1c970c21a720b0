import type { Document } from '../document/document.ts';
import { readDocument } from '../document/read.ts';
import { readYaml } from '../document/yaml/yaml.ts';
import type { Files } from '../team/read.ts';

/** Files of which some have another text by now, are new, or are gone: a text that is not there is no file. */
export function overlay(files: Files, texts: ReadonlyMap<string, string | undefined>): Files {
  const known = new Map<string, Document>();
  return {
    document(path) {
      if (!texts.has(path)) return files.document(path);
      const text = texts.get(path);
      if (text === undefined) return undefined;
      const document = known.get(path) ?? readDocument({ path, text });
      known.set(path, document);
      return document;
    },
    list(path) {
      const text = texts.get(path);
      if (text !== undefined) return readYaml({ path, text }, 'any');
      return texts.has(path) ? undefined : files.list(path);
    },
    roles(folder) {
      const { paths, problems } = files.roles(folder);
      const start = folder === '.' ? 'roles/' : `${folder}/roles/`;
      const more = [...texts.keys()].filter((path) => path.startsWith(start) && /\.(?:md|ya?ml)$/i.test(path));
      const all = [...new Set([...paths, ...more])].filter((path) => !texts.has(path) || texts.get(path) !== undefined);
      return { paths: more.length === 0 ? all : all.sort(), problems };
    },
    scenarios(folder) {
      const start = folder === '.' ? 'scenarios/' : `${folder}/scenarios/`;
      const isOne = (path: string): boolean =>
        /^[^/]+\.ya?ml$/i.test(path.startsWith(start) ? path.slice(start.length) : '');
      const all = new Set([...(files.scenarios?.(folder) ?? []), ...[...texts.keys()].filter(isOne)]);
      return [...all].filter((path) => !texts.has(path) || texts.get(path) !== undefined).sort();
    },
    teamFile: (path) => files.teamFile(path),
    source(path) {
      const text = texts.get(path);
      if (text !== undefined) return { path, text };
      return texts.has(path) ? undefined : files.source?.(path);
    },
  };
}
