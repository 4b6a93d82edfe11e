// Brings people into a campaign: node dist/src/produce-participants.js <campaign> <external id>...
// BROKERS: addresses, separated by commas. TOKEN: a bearer token for the audience poinciana-inbound.
import kafkajs from 'kafkajs';

const [campaign, ...externalIds] = process.argv.slice(2);
const { BROKERS = '127.0.0.1:9092', TOKEN = '' } = process.env;

const kafka = new kafkajs.Kafka({ clientId: 'example', brokers: BROKERS.split(','), logLevel: kafkajs.logLevel.ERROR });
const producer = kafka.producer({ idempotent: true });
await producer.connect();
await producer.send({
  topic: 'poinciana.participants.inbound.v1',
  acks: -1,
  // What has the same key stays in order.
  messages: externalIds.map((externalId) => ({
    key: externalId,
    value: JSON.stringify({ campaign, attributes: { external_id: externalId, name: `Person ${externalId}` } }),
    headers: { authorization: `Bearer ${TOKEN}` },
  })),
});
await producer.disconnect();
