import type { participants as contract } from '@poinciana/contracts';
import { derivedId } from '@poinciana/event-sourcing';
import { PartitionProducer, type KafkaConnection, type RecordBatch } from '@poinciana/messaging-kafka';
import type { Rejection } from '../domain/inbound-record.js';
import type { RejectedRecords } from './inbound-consumer.js';

const TYPE = 'poinciana.participants.v1.ParticipantRejected';
const SCHEMA = 'urn:poinciana:schema:participants.v1#/$defs/ParticipantRejected';

/**
 * The topic of rejections, as CloudEvents: the rejection of a record stands in the partition of the same number, under the same key. Its id
 * follows from the record, so that whoever reads knows a repetition.
 */
export class RejectedTopic implements RejectedRecords {
  private readonly producer: PartitionProducer;

  constructor(
    connection: KafkaConnection,
    private readonly topic: string,
  ) {
    this.producer = new PartitionProducer(connection, topic);
  }

  /** Throws `TransientError` when the brokers are away or refuse, which somebody has to heal; nothing is left out. */
  async tell({ topic, partition, records }: RecordBatch, rejections: readonly Rejection[]): Promise<void> {
    const byOffset = new Map(records.map((record) => [record.offset, record]));
    const messages = rejections.map((rejection) => {
      const { key = null, timestamp = 0 } = byOffset.get(rejection.offset) ?? {};
      return {
        partition,
        key,
        value: JSON.stringify(valueOf(rejection, { topic, partition, offset: rejection.offset })),
        headers: this.headersOf(rejection, { topic, partition, offset: rejection.offset }, timestamp),
      };
    });
    await this.producer.deliver(partition, messages);
  }

  async close(): Promise<void> {
    await this.producer.disconnect();
  }

  private headersOf({ workspace }: Rejection, record: contract.RecordPlace, timestamp: number) {
    const { topic, partition, offset } = record;
    const source =
      workspace === undefined ? `urn:poinciana:topic:${this.topic}` : `urn:poinciana:workspace:${workspace}`;
    const headers = {
      ce_specversion: '1.0',
      ce_id: derivedId(topic, 'rejected', partition, offset),
      ce_source: source,
      ce_type: TYPE,
      ce_time: new Date(timestamp).toISOString(),
      ce_subject: `${topic}/${partition}/${offset}`,
      ce_dataschema: SCHEMA,
      'content-type': 'application/json',
    };
    return workspace === undefined ? headers : { ...headers, ce_workspace: workspace };
  }
}

function valueOf(
  { code, reason, problems, campaign }: Rejection,
  record: contract.RecordPlace,
): contract.ParticipantRejected {
  const told = { code, reason, problems, record };
  return campaign === undefined ? told : { ...told, campaign };
}
