/** The AsyncAPI document of what other programs read from Kafka and write to it, made of the schemas of the contracts. */

const VERSION = '3.1.0';
/** The contract of people who come in over Kafka: no category of the log. */
const PARTICIPANTS = 'participants.v1';
const INBOUND = 'poinciana.participants.inbound.v1';
const REJECTED = 'poinciana.participants.rejected.v1';
const KEY_OF_EVENT =
  'Who the event is about, a UUID: the participant; else customer, address, campaign. Order holds per key.';

export function asyncApiDocument(contracts) {
  const categories = contracts.filter(({ events }) => Object.keys(events).length > 0);
  const participants = contracts.find(({ name }) => name === PARTICIPANTS);
  return {
    asyncapi: VERSION,
    info: {
      title: 'Poinciana over Kafka',
      version: '1.0.0',
      description:
        'Every event of the platform, a topic a category, as CloudEvents 1.0 in the binary mode of Kafka, at least once and in order per key; and the door through which other programs bring people in.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    channels: {
      ...Object.fromEntries(categories.map(categoryChannel)),
      ...(participants === undefined ? {} : participantsChannels),
    },
    operations: {
      ...Object.fromEntries(categories.map(categoryOperation)),
      ...(participants === undefined ? {} : participantsOperations),
    },
    components: {
      messages: {
        ...Object.assign({}, ...categories.map(categoryMessages)),
        ...(participants === undefined ? {} : participantsMessages),
      },
      schemas: { ...headerSchemas, ...Object.assign({}, ...contracts.map(componentSchemas)) },
    },
  };
}

function categoryChannel({ category, name, events, schema }) {
  const messages = Object.keys(events).map((event) => [event, { $ref: `#/components/messages/${name}.${event}` }]);
  const channel = { address: `poinciana.${name}`, ...(schema.description && { description: schema.description }) };
  return [category, { ...channel, messages: Object.fromEntries(messages) }];
}

function categoryOperation({ category }) {
  const summary = `The events of the category ${category}.`;
  return [`publish-${category}`, { action: 'send', channel: { $ref: `#/channels/${category}` }, summary }];
}

function categoryMessages({ name, events, schema }) {
  return Object.fromEntries(
    Object.keys(events).map((event) => {
      const summary = schema.$defs[event].description;
      return [`${name}.${event}`, message(name, event, 'EventHeaders', KEY_OF_EVENT, summary)];
    }),
  );
}

function message(contract, type, headers, key, summary) {
  return {
    name: `poinciana.${contract.replaceAll('-', '_')}.${type}`,
    title: type,
    ...(summary && { summary }),
    contentType: 'application/json',
    headers: { $ref: `#/components/schemas/${headers}` },
    payload: { $ref: `#/components/schemas/${contract}.${type}` },
    bindings: { kafka: { key: { type: 'string', description: key } } },
  };
}

/** The schemas of a contract as components of the document: references name the component instead of the definition. */
function componentSchemas({ name, schema }) {
  const here = (value) => {
    if (Array.isArray(value)) return value.map(here);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([member, inner]) =>
        member === '$ref' && typeof inner === 'string'
          ? [member, inner.replace('#/$defs/', `#/components/schemas/${name}.`)]
          : [member, here(inner)],
      ),
    );
  };
  return Object.fromEntries(Object.entries(schema.$defs).map(([type, one]) => [`${name}.${type}`, here(one)]));
}

const text = (description) => ({ type: 'string', description });

const cloudEvent = {
  ce_specversion: { type: 'string', const: '1.0' },
  ce_id: text('A UUID: the same event is never there under another one. Records may be repeated; this tells them.'),
  ce_source: text('urn:poinciana:workspace:<uuid>; the topic of rejections names itself where no workspace is known.'),
  ce_type: text('The name of the message in the contract, for example poinciana.participant.v1.ParticipantCreated.'),
  ce_time: text('ISO 8601 in UTC.'),
  ce_subject: text('The stream, <category>-<uuid>; of a rejection the refused record.'),
  ce_dataschema: text('The JSON Schema of the value.'),
  'content-type': { type: 'string', const: 'application/json' },
};

const headerSchemas = {
  EventHeaders: {
    type: 'object',
    properties: {
      ...cloudEvent,
      ce_workspace: text('The tenant, a UUID.'),
      ce_partitionkey: text('The key of the record.'),
      ce_position: text(
        '<shard>:<number>: the place in the log. Grows within a partition; one that does not is a repetition.',
      ),
      ce_revision: text('The place in the stream, from 0.'),
      ce_correlationid: text('The outside event at the root of the chain of causes.'),
      ce_causationid: text('The event or command that caused it.'),
      ce_withheld: text('true: the brokers refused the event for its size, and the record has no value.'),
    },
    required: [...Object.keys(cloudEvent), 'ce_workspace', 'ce_partitionkey', 'ce_position', 'ce_revision'],
  },
  RejectionHeaders: {
    type: 'object',
    properties: { ...cloudEvent, ce_workspace: text('The tenant, where the record had a valid token.') },
    required: Object.keys(cloudEvent),
  },
  InboundHeaders: {
    type: 'object',
    properties: {
      authorization: text(
        'Bearer <token>: who writes, and in which workspace. Signed for the audience poinciana-inbound.',
      ),
    },
    required: ['authorization'],
  },
};

const participantsChannels = {
  'participants-inbound': {
    address: INBOUND,
    description: 'People who are to be added, or changed if they are known.',
    messages: { InboundParticipant: { $ref: `#/components/messages/${PARTICIPANTS}.InboundParticipant` } },
  },
  'participants-rejected': {
    address: REJECTED,
    description: 'Every record of the inbound topic that added nobody, and why; in the partition of the same number.',
    messages: { ParticipantRejected: { $ref: `#/components/messages/${PARTICIPANTS}.ParticipantRejected` } },
  },
};

const participantsOperations = {
  'receive-participants': {
    action: 'receive',
    channel: { $ref: '#/channels/participants-inbound' },
    summary: 'Adds participants, or changes those who are known.',
  },
  'reject-participants': {
    action: 'send',
    channel: { $ref: '#/channels/participants-rejected' },
    summary: 'Says what was refused and why.',
  },
};

const participantsMessages = {
  [`${PARTICIPANTS}.InboundParticipant`]: message(
    PARTICIPANTS,
    'InboundParticipant',
    'InboundHeaders',
    'What keeps the records about one person in order, for example her external id.',
  ),
  [`${PARTICIPANTS}.ParticipantRejected`]: message(
    PARTICIPANTS,
    'ParticipantRejected',
    'RejectionHeaders',
    'The key of the refused record.',
  ),
};
