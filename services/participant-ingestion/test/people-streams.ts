import type { ImportWorld } from './import-world.js';

/**
 * The events of every person, by her key in the file: type, revision and all values. Ids, and those of people, follow from the id of the
 * upload and from the order in which customers were reserved, which differ from run to run.
 */
export async function streamsOf(world: ImportWorld): Promise<ReadonlyMap<string, readonly object[]>> {
  const log = await world.log();
  const names = new Map<string, string>();
  for (const { stream, personal } of log) {
    const name = (JSON.stringify(personal) ?? '').match(/person-\d+/)?.[0];
    if (name !== undefined) names.set(stream, `${stream.slice(0, stream.indexOf('-'))} ${name}`);
  }
  const streams = new Map<string, object[]>();
  for (const { stream, type, revision, personal, data } of log) {
    const name = names.get(stream) ?? (stream.startsWith('upload-') ? 'upload' : undefined);
    if (name === undefined) continue;
    const known = streams.get(name) ?? [];
    const { changed, counts, status } = data as Readonly<Record<string, unknown>>;
    known.push({ type, revision, personal, changed, counts, status });
    streams.set(name, known);
  }
  return new Map([...streams].sort(([one], [other]) => (one < other ? -1 : 1)));
}
