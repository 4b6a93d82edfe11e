import { Body, Controller, Get, HttpCode, Module, Post, Query, type DynamicModule, type Type } from '@nestjs/common';
import { ApiBearerAuth, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ReplayResult } from '@poinciana/messaging';
import { CurrentCaller, Roles } from '../auth/access.js';
import type { Caller } from '../auth/roles.js';
import type { Subscriptions } from '../boot/subscriptions.js';
import { ServiceDeadLetters, type DeadLetterList } from './dead-letters.js';
import { DeadLettersAnswer, DeadLettersRequest, ReplayAnswer, ReplayRequest } from './dead-letters-requests.js';

/** What the consumers of the service could not handle, and how it is repaired. Every service has it under its prefix. */
@ApiTags('operation')
@ApiBearerAuth()
@Roles('operator')
@Controller('dead-letters')
export class DeadLettersController {
  constructor(private readonly letters: ServiceDeadLetters) {}

  @Get()
  @ApiOperation({ summary: 'The dead letters of the workspace, group by group, in log order' })
  @ApiOkResponse({ type: DeadLettersAnswer })
  list(@CurrentCaller() { workspace }: Caller, @Query() { group }: DeadLettersRequest): Promise<DeadLetterList> {
    return this.letters.list(workspace, group);
  }

  @Post('replay')
  @HttpCode(200)
  @ApiOperation({ summary: 'Handles the parked events of a key again, in order' })
  @ApiOkResponse({ type: ReplayAnswer })
  @ApiNotFoundResponse({ description: '`consumer_group_not_found`, `dead_letter_not_found`' })
  replay(@CurrentCaller() { workspace }: Caller, @Body() { group, key }: ReplayRequest): Promise<ReplayResult> {
    return this.letters.replay(workspace, group, key);
  }
}

/** A class of its own for each service: routes hang on the class of a module. */
export function deadLettersModule(
  service: string,
  subscriptions: Subscriptions,
): { readonly type: Type; readonly module: DynamicModule } {
  @Module({})
  class DeadLettersModule {}
  const letters = new ServiceDeadLetters(service, subscriptions);
  return {
    type: DeadLettersModule,
    module: {
      module: DeadLettersModule,
      controllers: [DeadLettersController],
      providers: [{ provide: ServiceDeadLetters, useValue: letters }],
    },
  };
}
