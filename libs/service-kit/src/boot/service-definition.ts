import type { DynamicModule } from '@nestjs/common';
import type { EventStore } from '@poinciana/event-sourcing';
import type { Pool } from 'pg';
import type { Registry } from 'prom-client';
import type { Clock } from '../clock/clock.js';
import type { ReadinessParts } from '../health/readiness-parts.js';
import type { Log } from '../logs/log.js';
import type { Pace } from '../positions/pace.js';
import type { ProgressSource } from '../positions/wait-for-position.js';
import type { SettingsSpecification } from '../settings/specification.js';

/** Everything that a service may know of where it runs. */
export interface ServicePorts<Settings extends object = object> {
  readonly eventStore: EventStore;
  /** Connections whose search path is the service's own schema. */
  readonly pool: Pool;
  /** Connections of another search path, for what is built beside the own schema. Whoever opens them ends them. */
  openPool(schema: string): Pool;
  readonly clock: Clock;
  readonly settings: Settings;
  /** How far the consumer groups of this process are. */
  readonly progress: ProgressSource;
  /** What a producer of many events keeps, so that it does not run away from its readers. */
  readonly pace: Pace;
  readonly log: Log;
  /** Where metrics of its own are registered, named `poinciana_<what>_<unit>`. */
  readonly metrics: Registry;
  /** What readiness asks besides log, database and consumer groups. */
  readonly readiness: ReadinessParts;
}

/** A service, before anybody says whether it runs alone or beside others. */
export interface ServiceDefinition<Settings extends object = object> {
  /** The name of its package; its consumer groups are called `<name>.<what it does>`. */
  readonly name: string;
  /** What it is for, in one sentence, for the pages of its API. */
  readonly description: string;
  /** Its own PostgreSQL schema. */
  readonly schema: string;
  /** Its routes are `/api/<prefix>/…`; controllers name only what comes after. */
  readonly prefix: string;
  /** The folder of its migrations, `<folder>/<yyyymmddhhmmss_name>/migration.sql`. */
  readonly migrations: string;
  readonly settings: SettingsSpecification<Settings>;
  module(ports: ServicePorts<Settings>): DynamicModule;
}
