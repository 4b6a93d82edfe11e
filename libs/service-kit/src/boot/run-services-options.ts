import type { DynamicModule } from '@nestjs/common';
import type { EventStore } from '@poinciana/event-sourcing';
import type { EventBus, ReportToWatcher } from '@poinciana/messaging';
import type { Pool } from 'pg';
import type { TokenRules } from '../auth/tokens.js';
import type { Clock } from '../clock/clock.js';
import type { Log } from '../logs/log.js';
import type { Environment, SettingsSpecification } from '../settings/specification.js';
import type { ServiceDefinition } from './service-definition.js';

/** What a bus of a service is made of. */
export interface BusSurroundings {
  readonly definition: ServiceDefinition;
  readonly pool: Pool;
  /** Where the bus reports what happens: logs and metrics. */
  readonly report: ReportToWatcher;
}

export interface HttpOptions {
  readonly host: string;
  readonly port: number;
  readonly bodyBytesMax?: number;
  /** How long a body may take to arrive, or be silent when it is streamed. */
  readonly bodyMs?: number;
}

export interface RunServicesOptions<Transaction> {
  /** One in a service's own process, all of them in standalone. */
  readonly definitions: readonly ServiceDefinition[];
  readonly eventStore: EventStore;
  /** A pool whose search path is the service's schema. Asked once a service; ended when the services stop. */
  poolOf(definition: ServiceDefinition): Pool;
  /** Asked once a service. */
  busOf(surroundings: BusSurroundings): EventBus<Transaction>;
  readonly clock: Clock;
  readonly http: HttpOptions;
  readonly tokens: TokenRules;
  readonly log: Log;
  /** Where the services' settings are read; empty when absent. */
  readonly environment?: Environment;
  /** Settings of the same environment that the composition root reads itself. */
  readonly alsoKnown?: readonly SettingsSpecification<object>[];
  /** What has to be there before any service is migrated: the tables of the event log. */
  readonly prepare?: () => Promise<unknown>;
  /** Folders that every service's schema gets before its own: the tables of the bus. */
  readonly migrationsEach?: readonly string[];
  /** What the process serves besides: `standalone` hands out a token, for example. */
  readonly modules?: readonly DynamicModule[];
}
