import { type DynamicModule, Module } from '@nestjs/common';
import { endProcess, kafkaConnection } from '@poinciana/deployment';
import { LogRelay } from '@poinciana/messaging-kafka';
import type { ServicePorts } from '@poinciana/service-kit';
import { RelayLife } from './publishing/relay-life.js';
import { RelayMetrics } from './publishing/relay-metrics.js';
import { watchRelay } from './publishing/relay-watcher.js';
import type { RelaySettings } from './settings.js';
import { PostgresRelayCheckpoints } from './storage/postgres-relay-checkpoints.js';

const MS_OF_AN_HOUR = 3_600_000;

/** The composition root: the only file that knows ports and adapters. */
@Module({})
export class EventRelayModule {
  static of({ eventStore, pool, settings, log, metrics, readiness }: ServicePorts<RelaySettings>): DynamicModule {
    const relayMetrics = new RelayMetrics(metrics);
    const relay = new LogRelay({
      store: eventStore,
      checkpoints: new PostgresRelayCheckpoints(pool),
      connection: kafkaConnection(settings, 'event-relay'),
      creation: {
        replicationFactor: settings.replicationFactor,
        retentionMs: settings.retentionHours * MS_OF_AN_HOUR,
      },
      report: watchRelay(log, relayMetrics),
      onFatal: endProcess,
    });
    relayMetrics.watch(relay);
    readiness.add('relay', async () => {
      const { state } = await relay.progress();
      return state === 'publishing' || state === 'standby' ? undefined : `It is ${state}.`;
    });
    return { module: EventRelayModule, providers: [{ provide: RelayLife, useValue: new RelayLife(relay) }] };
  }
}
