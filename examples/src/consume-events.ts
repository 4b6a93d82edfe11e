// Prints events of a category as they come, one line each: node dist/src/consume-events.js <category> <how many>
// BROKERS: addresses, separated by commas.
import kafkajs from 'kafkajs';

const [category = 'participant', count = 'Infinity'] = process.argv.slice(2);
const { BROKERS = '127.0.0.1:9092' } = process.env;

/** The highest position of each partition: what is not above it was seen before. A program keeps it with what it makes of the events. */
const seen = new Map<number, number>();
let printed = 0;
let enough: () => void = () => undefined;
const untilEnough = new Promise<void>((resolve) => (enough = resolve));

const kafka = new kafkajs.Kafka({ clientId: 'example', brokers: BROKERS.split(','), logLevel: kafkajs.logLevel.ERROR });
const consumer = kafka.consumer({ groupId: `example-${process.pid}` });
await consumer.connect();
await consumer.subscribe({ topics: [`poinciana.${category}.v1`], fromBeginning: true });
await consumer.run({
  eachMessage: async ({ partition, message }) => {
    const position = Number(String(message.headers?.['ce_position']).split(':')[1]);
    if (position <= (seen.get(partition) ?? 0)) return;
    seen.set(partition, position);
    const event = {
      type: String(message.headers?.['ce_type']),
      subject: String(message.headers?.['ce_subject']),
      // No value: the brokers refused the event for its size.
      data: message.value === null ? null : (JSON.parse(message.value.toString('utf8')) as unknown),
    };
    if (printed < Number(count)) process.stdout.write(`${JSON.stringify(event)}\n`);
    printed += 1;
    if (printed >= Number(count)) enough();
  },
});
await untilEnough;
await consumer.disconnect();
