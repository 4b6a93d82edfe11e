import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const PAGE = new URL('../../../docs/reference/portal-endpoints.md', import.meta.url);
const GENERATED = new URL('./generated/', import.meta.url);

/** `method path` of every operation of every service, as their OpenAPI documents say; parameters have no name. */
const operations = new Set(
  readdirSync(GENERATED).flatMap((file) => {
    const text = readFileSync(new URL(file, GENERATED), 'utf8');
    const paths = text.slice(text.indexOf('export interface paths {'), text.indexOf('\nexport type webhooks'));
    return paths.split(/^ {4}(?=")/m).flatMap((item) => {
      const path = /^"([^"]+)": \{/.exec(item)?.[1];
      if (path === undefined) return [];
      const methods = [...item.matchAll(/^ {8}(get|put|post|patch|delete): operations/gm)];
      return methods.map(([, method = '']) => `${method.toUpperCase()} ${nameless(path)}`);
    });
  }),
);

/** The endpoints that the page names: a method may be left out for GET. */
const named = [...readFileSync(PAGE, 'utf8').matchAll(/`(?:(GET|PUT|POST|PATCH|DELETE) )?(\/api\/[^`?]+)[^`]*`/g)].map(
  ([, method = 'GET', path = '']) => `${method} ${nameless(path)}`,
);

function nameless(path: string): string {
  return path.replace(/\{[^}]+\}/g, '{}');
}

describe('the page of what feeds each screen', () => {
  it('names only endpoints that there are', () => {
    expect(operations.size).toBeGreaterThan(70);
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter((endpoint) => !operations.has(endpoint))).toEqual([]);
  });

  it('names everything that the views serve', () => {
    const views = [...operations].filter((operation) => operation.startsWith('GET /api/views/'));
    expect(views.filter((operation) => !named.includes(operation))).toEqual([]);
  });
});
