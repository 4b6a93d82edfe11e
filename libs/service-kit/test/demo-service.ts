import { randomUUID } from 'node:crypto';
import {
  Body,
  Controller,
  Get,
  Inject,
  Injectable,
  Module,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  type DynamicModule,
  type OnModuleInit,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiCreatedResponse, ApiProperty } from '@nestjs/swagger';
import { DomainError, NO_STREAM, streamName, TransientError, type RefusalKind } from '@poinciana/event-sourcing';
import { ConsumeEvents, type EventBatch, type InMemoryTransaction, type StateWrite } from '@poinciana/messaging';
import { Type } from 'class-transformer';
import type { FastifyInstance } from 'fastify';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min, ValidateNested } from 'class-validator';
import {
  CurrentCaller,
  CurrentRequest,
  packageFolder,
  Public,
  Roles,
  StreamedBody,
  specifySettings,
  WaitsFor,
  written,
  type Caller,
  type RequestIdentity,
  type ServiceDefinition,
  type ServicePorts,
  type SettingsOf,
  type Written,
} from '../src/index.js';

export const demoSettings = specifySettings({
  greeting: { name: 'POINCIANA_DEMO_GREETING', type: 'text', default: 'hello', description: 'What the demo says.' },
});
type DemoPorts = ServicePorts<SettingsOf<typeof demoSettings>>;
const PORTS = Symbol('ports');
const FAULTS = Symbol('faults');

/** Lets a spec hold a request or a consumer where it wants them. */
export interface DemoFaults {
  beforeBatch(): Promise<void>;
  beforeSlowAnswer(): Promise<void>;
}

class NoteAuthor {
  @IsString()
  @Length(1, 20)
  declare readonly name: string;
}

export class WriteNote {
  @ApiProperty()
  @IsString()
  @Length(1, 100)
  declare readonly text: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => NoteAuthor)
  declare readonly author?: NoteAuthor;
}

class ListNotes {
  @IsOptional()
  @IsString()
  declare readonly search?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  declare readonly limit?: number;
}

class Refusal {
  @IsIn(['invalid', 'notFound', 'conflict', 'forbidden', 'tooLarge', 'transient', 'bug'])
  declare readonly kind: RefusalKind | 'transient' | 'bug';
}

@Controller('notes')
export class NotesController {
  constructor(
    @Inject(PORTS) private readonly ports: DemoPorts,
    @Inject(FAULTS) private readonly faults: DemoFaults,
  ) {}

  @Post('long')
  @StreamedBody()
  readLong(@Body() { text }: WriteNote): { readonly text: string } {
    return { text };
  }

  @Post()
  @Roles('manager')
  @ApiCreatedResponse({ description: 'The note is in the log.' })
  async write(
    @Body() body: WriteNote,
    @CurrentCaller() caller: Caller,
    @CurrentRequest() { causation, correlation }: RequestIdentity,
  ): Promise<Written<{ readonly id: string }>> {
    const id = randomUUID();
    const context = {
      workspace: caller.workspace,
      key: id,
      causation,
      correlation,
      actor: `user:${caller.subject}`,
      hop: 0,
    };
    const event = {
      ...context,
      id: randomUUID(),
      type: 'NoteWritten',
      time: this.ports.clock.now().toISOString(),
      data: { text: body.text },
    };
    const [outcome] = await this.ports.eventStore.append([
      { stream: streamName('note', id), expectedRevision: NO_STREAM, events: [event] },
    ]);
    if (outcome === undefined || outcome.outcome === 'conflict') throw new Error('A new stream cannot be in conflict');
    return written({ id }, outcome.position);
  }

  @Get()
  @WaitsFor('demo.notes')
  async list(@Query() query: ListNotes, @CurrentCaller() caller: Caller): Promise<object> {
    const { rows } = await this.ports.pool.query(
      'select id, text from note where workspace = $1 and text like $2 order by id limit $3',
      [caller.workspace, `%${query.search ?? ''}%`, query.limit ?? 10],
    );
    return { greeting: this.ports.settings.greeting, notes: rows };
  }

  @Get('slow')
  async slow(): Promise<object> {
    await this.faults.beforeSlowAnswer();
    return { slow: true };
  }

  @Get(':id')
  async one(@Param('id', ParseUUIDPipe) id: string): Promise<object> {
    throw new DomainError('note_not_found', `There is no note ${id}.`, 'notFound');
  }

  @Public()
  @Post('refusals')
  async refuse(@Body() { kind }: Refusal): Promise<object> {
    if (kind === 'bug') throw new TypeError('Ada-Lovelace-1815 is not a function');
    if (kind === 'transient') throw new TransientError('connect ECONNREFUSED 10.0.0.7');
    throw new DomainError(`refused_${kind}`, 'A rule said no.', kind, { limit: 3 });
  }
}

@Controller()
export class NotesConsumer {
  constructor(
    @Inject(PORTS) private readonly ports: DemoPorts,
    @Inject(FAULTS) private readonly faults: DemoFaults,
  ) {}

  @ConsumeEvents({ group: 'demo.notes', categories: ['note'] })
  async project(batch: EventBatch): Promise<StateWrite<InMemoryTransaction>> {
    await this.faults.beforeBatch();
    return async () => {
      for (const { workspace, key, data } of batch.events) {
        const text = 'text' in data ? data.text : '';
        await this.ports.pool.query('insert into note values ($1, $2, $3) on conflict do nothing', [
          workspace,
          key,
          text,
        ]);
      }
    };
  }
}

/** A service that awaits a plugin of Fastify: its routes are finished before Nest tells Fastify how errors are answered. */
@Injectable()
class Doors implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  async onModuleInit(): Promise<void> {
    await this.host.httpAdapter.getInstance<FastifyInstance>().register(async () => undefined);
  }
}

@Module({})
export class DemoModule {
  static with(ports: DemoPorts, faults: DemoFaults): DynamicModule {
    return {
      module: DemoModule,
      controllers: [NotesController, NotesConsumer],
      providers: [{ provide: PORTS, useValue: ports }, { provide: FAULTS, useValue: faults }, Doors],
    };
  }
}

export function demoService(faults: DemoFaults): ServiceDefinition<SettingsOf<typeof demoSettings>> {
  return {
    name: 'demo',
    description: 'Keeps notes, to try what every service is booted with.',
    schema: 'demo',
    prefix: 'demo',
    migrations: packageFolder(import.meta.url, 'test/demo-migrations'),
    settings: demoSettings,
    module: (ports) => DemoModule.with(ports, faults),
  };
}
