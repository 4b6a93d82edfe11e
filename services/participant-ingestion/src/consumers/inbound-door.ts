import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { endProcess, kafkaConnection } from '@poinciana/deployment';
import { ensureLogTopic, type RecordCheckpoints, TopicReader } from '@poinciana/messaging-kafka';
import { type ServicePorts, SettingsError, type TokenRules } from '@poinciana/service-kit';
import type { ImportInbound } from '../handlers/import-inbound.js';
import type { IngestionSettings } from '../settings.js';
import { InboundConsumer } from './inbound-consumer.js';
import { InboundMetrics } from './inbound-metrics.js';
import { watchInbound } from './inbound-watcher.js';
import { RejectedTopic } from './rejected-topic.js';

/** What other programs write, and what they are told. */
export const INBOUND_TOPIC = 'poinciana.participants.inbound.v1';
export const REJECTED_TOPIC = 'poinciana.participants.rejected.v1';
const GROUP = 'poinciana.participant-ingestion.inbound';
const MS_OF_AN_HOUR = 3_600_000;

/** Kafka's door, open as long as the process lives. */
export class InboundDoor implements OnApplicationBootstrap, OnModuleDestroy {
  private constructor(
    private readonly reader: TopicReader,
    private readonly rejected: RejectedTopic,
  ) {}

  /** Throws `SettingsError` when something that the door needs is not set. */
  static of(
    { settings, log, metrics, readiness }: ServicePorts<IngestionSettings>,
    importInbound: ImportInbound,
    checkpoints: RecordCheckpoints,
  ): InboundDoor {
    const connection = kafkaConnection(settings, 'participant-ingestion');
    const tokens = tokenRules(settings, connection.brokers.length > 0);
    const partitionCount = settings.inboundPartitions;
    const topic = { name: INBOUND_TOPIC, partitionCount };
    const retentionMs = settings.inboundRetentionHours * MS_OF_AN_HOUR;
    const creation = { replicationFactor: settings.replicationFactor, retentionMs };
    const rejected = new RejectedTopic(connection, REJECTED_TOPIC);
    const inboundMetrics = new InboundMetrics(metrics, () => reader.lags());
    const consumer = new InboundConsumer(importInbound, rejected, tokens, (outcome, records) =>
      inboundMetrics.count(outcome, records),
    );
    const reader: TopicReader = new TopicReader({
      connection,
      topic,
      groupId: GROUP,
      checkpoints,
      handle: (batch) => consumer.handle(batch),
      prepare: async () => {
        await ensureLogTopic(connection, topic, { ...creation, isStampedByBrokers: true });
        await ensureLogTopic(connection, { name: REJECTED_TOPIC, partitionCount }, creation);
      },
      report: watchInbound(log),
      onFatal: endProcess,
    });
    readiness.add('inbound records', async () =>
      reader.state === 'reading' ? undefined : 'The brokers have not assigned partitions of the inbound topic yet.',
    );
    return new InboundDoor(reader, rejected);
  }

  onApplicationBootstrap(): void {
    this.reader.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.reader.stop();
    await this.rejected.close();
  }
}

function tokenRules(settings: IngestionSettings, hasBrokers: boolean): TokenRules {
  const { tokenSecret: secret, tokenIssuer: issuer, inboundAudience: audience } = settings;
  const problems = [
    ...(hasBrokers ? [] : ['POINCIANA_KAFKA_BROKERS is missing: POINCIANA_KAFKA_INBOUND is on.']),
    ...(secret === undefined ? ['POINCIANA_TOKEN_SECRET is missing: POINCIANA_KAFKA_INBOUND is on.'] : []),
  ];
  if (secret === undefined || problems.length > 0) throw new SettingsError(problems);
  return { secret, issuer, audience };
}
