import { expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { descriptorsOf } from '../generate/buf.mjs';
import { contractSchemas } from '../generate/json-schemas.mjs';

const root = join(import.meta.dirname, '..', '..');

/** The types of events that the deciders of all services name. */
function eventsOfServices() {
  return readdirSync(join(root, 'services'), { recursive: true, withFileTypes: true })
    .filter(({ name, parentPath }) => name.endsWith('.ts') && /\/src\/domain(\/|$)/.test(parentPath))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .flatMap((text) => [...text.matchAll(/\bEvent(?:Of)?<\s*'(\w+)'/g)].map(([, type]) => type));
}

it('every event that a service writes is marked in proto/ as one, or other programs would never learn of it', () => {
  const published = contractSchemas(descriptorsOf(join(root, 'proto'))).flatMap(({ events }) => Object.keys(events));
  const written = eventsOfServices();
  expect(written.filter((type) => !published.includes(type))).toEqual([]);
  expect(written).toContain('CommunicationEnded');
  expect(new Set(written).size).toBeGreaterThan(30);
});
