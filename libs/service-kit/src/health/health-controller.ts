import { Controller, Get, Inject, Module, Res, type DynamicModule } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/access.js';
import type { Log } from '../logs/log.js';
import { readinessOf, type Readiness, type ReadinessSources } from './readiness.js';

const SOURCES = Symbol('readiness sources');
const LOG = Symbol('log');

/** For whoever runs the process: does it live, and may it be sent requests. */
@ApiExcludeController()
@Public()
@Controller('health')
export class HealthController {
  constructor(
    @Inject(SOURCES) private readonly sources: ReadinessSources,
    @Inject(LOG) private readonly log: Log,
  ) {}

  @Get('live')
  live(): { readonly alive: true } {
    return { alive: true };
  }

  /** 200 when every part is there, 503 with the same document when one is not. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await readinessOf(this.sources, this.log);
    void reply.code(readiness.ready ? 200 : 503).header('cache-control', 'no-store');
    return readiness;
  }
}

@Module({})
export class HealthModule {
  static of(sources: ReadinessSources, log: Log): DynamicModule {
    return {
      module: HealthModule,
      controllers: [HealthController],
      providers: [
        { provide: SOURCES, useValue: sources },
        { provide: LOG, useValue: log },
      ],
    };
  }
}
