import { breakingChanges, descriptorsOf } from '../generate/buf.mjs';
import { contractSchemas } from '../generate/json-schemas.mjs';

/**
 * What programs that know the released contracts would no longer find in the present ones; one sentence each, empty when they go
 * on as they are. Files and fields are compared by buf; that what was published still is, it cannot know.
 */
export function incompatibilities(protoFolder, releasedFolder) {
  const present = contractSchemas(descriptorsOf(protoFolder));
  const released = contractSchemas(descriptorsOf(releasedFolder));
  return [
    ...breakingChanges(protoFolder, releasedFolder),
    ...released.flatMap((contract) =>
      unpublished(
        contract,
        present.find(({ name }) => name === contract.name),
      ),
    ),
  ];
}

/** buf tells of a contract, a message or a field that is gone; here is what is there and no longer shown. */
function unpublished(released, present) {
  if (present === undefined) return [];
  const { name } = released;
  const events = Object.entries(released.events).flatMap(([event, personal]) => {
    if (!(event in present.events)) return [`${name}: ${event} is no longer published as an event.`];
    const now = present.events[event];
    return now === personal ? [] : [`${name}: the personal part of ${event} is no longer ${personal ?? 'none'}.`];
  });
  const fields = Object.entries(released.schema.$defs).flatMap(([message, { properties }]) => {
    const now = present.schema.$defs[message]?.properties;
    if (now === undefined) return [];
    return Object.keys(properties)
      .filter((field) => field !== 'personal' && !(field in now))
      .map((field) => `${name}: ${message}.${field} is no longer shown.`);
  });
  return [...events, ...fields];
}
