import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory, RouterModule } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { EventStore } from '@poinciana/event-sourcing';
import { EventBusStrategy, type EventBus, type ReportToWatcher } from '@poinciana/messaging';
import type { Pool } from 'pg';
import { TokenGuard } from '../auth/token-guard.js';
import { TestClockModule } from '../clock/test-clock-controller.js';
import { deadLettersModule } from '../dead-letters/dead-letters-controller.js';
import { ProblemFilter } from '../errors/problem-filter.js';
import { RequestValidation } from '../errors/request-validation.js';
import { HealthModule } from '../health/health-controller.js';
import { ReadinessParts } from '../health/readiness-parts.js';
import { BODY_MS } from '../http/body-bounds.js';
import { BODY_BYTES_MAX, createHttpServer, prepareHttpServer } from '../http/http-server.js';
import { RouteTable } from '../http/route-table.js';
import { NestLog } from '../logs/nest-log.js';
import type { Metrics } from '../metrics/metrics.js';
import { MetricsModule } from '../metrics/metrics-controller.js';
import { serveApiPages } from '../openapi/api-pages.js';
import { PaceOfReaders } from '../positions/pace.js';
import { PositionInterceptor } from '../positions/position-interceptor.js';
import type { Environment } from '../settings/specification.js';
import type { RunServicesOptions } from './run-services-options.js';
import type { ServiceDefinition } from './service-definition.js';
import type { Subscriptions } from './subscriptions.js';

/** The Nest application, reduced to how it starts and stops. */
export interface Application {
  start(): Promise<void>;
  url(http: { readonly host: string }): string;
  /** Stops accepting, and waits for the requests under way. */
  stopRequests(): Promise<void>;
  cutConnections(): void;
  /** Stops the consumers after the batch at hand, then runs the modules' own ends. */
  stopConsumers(): Promise<void>;
}

interface ApplicationParts<Transaction> extends RunServicesOptions<Transaction> {
  readonly eventStore: EventStore;
  readonly environment: Environment;
  readonly pools: ReadonlyMap<string, Pool>;
  readonly subscriptions: Subscriptions;
  readonly metrics: Metrics;
  readonly report: ReportToWatcher;
  isStopping(): boolean;
}

@Module({})
class RootModule {}

export async function buildApplication<Transaction>(parts: ApplicationParts<Transaction>): Promise<Application> {
  const readiness = new ReadinessParts();
  const modules = parts.definitions.map((definition) => ({
    definition,
    module: moduleOf(definition, parts, readiness),
    deadLetters: deadLettersModule(definition.name, parts.subscriptions),
  }));
  const adapter = createHttpServer({ bodyBytesMax: parts.http.bodyBytesMax ?? BODY_BYTES_MAX });
  const server = adapter.getInstance();
  const routes = new RouteTable();
  prepareHttpServer(server, {
    log: parts.log,
    metrics: parts.metrics,
    routes,
    bodyMs: parts.http.bodyMs ?? BODY_MS,
    isStopping: () => parts.isStopping(),
  });
  const app = await NestFactory.create<NestFastifyApplication>(rootOf(modules, parts, readiness), adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: new NestLog(parts.log),
  });
  app.useGlobalFilters(new ProblemFilter(parts.log, routes));
  app.useGlobalGuards(new TokenGuard(parts.tokens, parts.clock));
  app.useGlobalInterceptors(new PositionInterceptor(parts.subscriptions));
  app.useGlobalPipes(new RequestValidation());
  const buses = busesOf(parts);
  app.connectMicroservice({ strategy: new EventBusStrategy({ busOf: (service: string) => buses(service) }) });
  for (const { definition, module, deadLetters } of modules) {
    const { name, description, prefix } = definition;
    serveApiPages(app, server, { name, description, prefix, modules: [module.module, deadLetters.type] });
  }
  return {
    start: async () => {
      await app.init();
      await app.startAllMicroservices();
      await app.listen({ port: parts.http.port, host: parts.http.host });
    },
    url: ({ host }) => `http://${host.includes(':') ? `[${host}]` : host}:${portOf(server.server.address())}`,
    stopRequests: async () => void (await server.close()),
    cutConnections: () => server.server.closeAllConnections(),
    stopConsumers: () => app.close(),
  };
}

function moduleOf<Transaction>(
  definition: ServiceDefinition,
  parts: ApplicationParts<Transaction>,
  readiness: ReadinessParts,
): DynamicModule {
  const pool = parts.pools.get(definition.name);
  if (pool === undefined) throw new Error(`The service ${definition.name} has no pool`);
  return definition.module({
    eventStore: parts.eventStore,
    pool,
    openPool: (schema) => parts.poolOf({ ...definition, schema }),
    clock: parts.clock,
    settings: definition.settings.read(parts.environment),
    progress: parts.subscriptions,
    pace: new PaceOfReaders(parts.eventStore, parts.subscriptions),
    log: parts.log,
    metrics: parts.metrics.registry,
    readiness,
  });
}

interface ServiceModules {
  readonly definition: ServiceDefinition;
  readonly module: DynamicModule;
  readonly deadLetters: ReturnType<typeof deadLettersModule>;
}

function rootOf<Transaction>(
  modules: readonly ServiceModules[],
  parts: ApplicationParts<Transaction>,
  readiness: ReadinessParts,
): DynamicModule {
  const { eventStore, pools, subscriptions } = parts;
  return {
    module: RootModule,
    imports: [
      ...modules.flatMap(({ module, deadLetters }) => [module, deadLetters.module]),
      RouterModule.register(
        modules.flatMap(({ definition, module, deadLetters }) =>
          [module.module, deadLetters.type].map((type) => ({ path: `api/${definition.prefix}`, module: type })),
        ),
      ),
      HealthModule.of(
        { eventStore, pools, subscriptions, parts: readiness, isStopping: () => parts.isStopping() },
        parts.log,
      ),
      MetricsModule.of(parts.metrics),
      TestClockModule.of(parts.clock),
      ...(parts.modules ?? []),
    ],
  };
}

/** The bus of a service by its name; each is made once, when its first consumer is bound. */
function busesOf<Transaction>(parts: ApplicationParts<Transaction>): (service: string) => EventBus<Transaction> {
  const buses = new Map<string, EventBus<Transaction>>();
  return (service) => {
    const known = buses.get(service);
    if (known !== undefined) return known;
    const definition = parts.definitions.find(({ name }) => name === service);
    const pool = parts.pools.get(service);
    if (definition === undefined || pool === undefined)
      throw new Error(`A consumer belongs to an unknown service: ${service}`);
    const bus = parts.subscriptions.remembering(parts.busOf({ definition, pool, report: parts.report }));
    buses.set(service, bus);
    return bus;
  };
}

function portOf(address: string | { readonly port: number } | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
  return address.port;
}
