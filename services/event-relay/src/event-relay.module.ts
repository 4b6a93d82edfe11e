import { type DynamicModule, Module } from '@nestjs/common';
import { endProcess, kafkaConnection } from '@poinciana/deployment';
import { LogTail } from '@poinciana/messaging';
import { LogRelay, logPublication } from '@poinciana/messaging-kafka';
import type { ServicePorts } from '@poinciana/service-kit';
import { ContractsController } from './http/contracts.controller.js';
import { categoryPublication } from './publishing/category-publication.js';
import { RelayLife } from './publishing/relay-life.js';
import { RelayMetrics } from './publishing/relay-metrics.js';
import { watchRelay } from './publishing/relay-watcher.js';
import { publishedContracts, type RelaySettings } from './settings.js';
import { PostgresRelayCheckpoints } from './storage/postgres-relay-checkpoints.js';

const MS_OF_AN_HOUR = 3_600_000;
const MS_OF_A_SECOND = 1_000;
/** So often a lease is renewed before it is over. */
const RENEWALS_A_LEASE = 5;
/** Others are told within a second; a relay that is killed repeats for them at most so much. */
const PUBLISHED_COMMIT_MS = 1_000;

/** The composition root: the only file that knows ports and adapters. */
@Module({})
export class EventRelayModule {
  static of({ eventStore, pool, settings, log, metrics, readiness }: ServicePorts<RelaySettings>): DynamicModule {
    const relayMetrics = new RelayMetrics(metrics);
    const tail = new LogTail(eventStore);
    const checkpoints = new PostgresRelayCheckpoints(pool);
    const connection = kafkaConnection(settings, 'event-relay');
    const creation = {
      replicationFactor: settings.replicationFactor,
      retentionMs: settings.retentionHours * MS_OF_AN_HOUR,
    };
    const surroundings = { store: eventStore, tail, checkpoints, connection, creation, onFatal: endProcess };
    const leaseMs = settings.leaseSeconds * MS_OF_A_SECOND;
    const lease = { leaseMs, renewMs: leaseMs / RENEWALS_A_LEASE };
    const relayOf = (publication = logPublication(), commit = {}) => {
      const bounds = { ...lease, ...commit };
      const report = watchRelay(log, relayMetrics, publication.topic.name);
      return new LogRelay({ ...surroundings, publication, bounds, report });
    };
    const { publishedPartitions: partitionCount, publishedPersonal: withPersonal } = settings;
    const published = publishedContracts(settings).map((contract) =>
      relayOf(categoryPublication({ contract, partitionCount, withPersonal }), { commitMs: PUBLISHED_COMMIT_MS }),
    );
    const relays = [relayOf(), ...published];
    relayMetrics.watch(relays);
    for (const relay of relays) {
      readiness.add(`relay of ${relay.topic.name}`, async () => {
        const { state } = await relay.progress();
        return state === 'publishing' || state === 'standby' ? undefined : `It is ${state}.`;
      });
    }
    return {
      module: EventRelayModule,
      controllers: [ContractsController],
      providers: [{ provide: RelayLife, useValue: new RelayLife(relays, tail) }],
    };
  }
}
