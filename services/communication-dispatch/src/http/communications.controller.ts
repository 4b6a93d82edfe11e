import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import {
  ApiPosition,
  CurrentCaller,
  CurrentRequest,
  Roles,
  written,
  type Caller,
  type RequestIdentity,
  type Written,
} from '@poinciana/service-kit';
import { CANCELED_MAX, CancelCommunications } from '../handlers/cancel-communication.js';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsUUID } from 'class-validator';
import { ReadCommunication } from '../handlers/read-communication.js';
import {
  communicationAnswer,
  CommunicationAnswer,
  CommunicationListAnswer,
  historyAnswer,
  CommunicationHistoryAnswer,
} from './communication-answers.js';

export class CancelRequest {
  @ApiProperty({
    type: [String],
    minItems: 1,
    maxItems: CANCELED_MAX,
    example: ['8f7f4d0e-7c7a-5d53-9d1e-2f6b2a0c1e11'],
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(CANCELED_MAX)
  @IsUUID('all', { each: true })
  readonly communicationIds!: string[];
}

@ApiTags('communications')
@ApiBearerAuth()
@Controller('communications')
export class CommunicationsController {
  constructor(
    private readonly communications: ReadCommunication,
    private readonly cancellations: CancelCommunications<unknown>,
  ) {}

  @Get(':communicationId')
  @ApiOperation({ summary: 'A communication with its history and its conversation' })
  @ApiOkResponse({ type: CommunicationHistoryAnswer })
  @ApiPosition()
  async read(
    @CurrentCaller() caller: Caller,
    @Param('communicationId', ParseUUIDPipe) communicationId: string,
  ): Promise<Written<CommunicationHistoryAnswer>> {
    const history = await this.communications.read(caller.workspace, communicationId.toLowerCase());
    return written(historyAnswer(history), history.last.position);
  }

  @Post('cancel')
  @HttpCode(200)
  @Roles('manager')
  @ApiOperation({ summary: 'Ends communications as Canceled; answers those that exist, as they are now' })
  @ApiOkResponse({ type: CommunicationListAnswer })
  async cancelMany(
    @CurrentCaller() { workspace, subject }: Caller,
    @CurrentRequest() { causation }: RequestIdentity,
    @Body() { communicationIds: given }: CancelRequest,
  ): Promise<CommunicationListAnswer> {
    const communicationIds = given.map((id) => id.toLowerCase());
    const { states } = await this.cancellations.many({ workspace, communicationIds, subject, causation });
    return { items: states.map(communicationAnswer) };
  }

  @Post(':communicationId/cancel')
  @HttpCode(200)
  @Roles('manager')
  @ApiOperation({ summary: 'Ends a communication as Canceled; one that has ended stays as it is' })
  @ApiOkResponse({ type: CommunicationAnswer })
  @ApiPosition()
  async cancel(
    @CurrentCaller() { workspace, subject }: Caller,
    @CurrentRequest() { causation }: RequestIdentity,
    @Param('communicationId', ParseUUIDPipe) communicationId: string,
  ): Promise<Written<CommunicationAnswer>> {
    const asked = { workspace, communicationId: communicationId.toLowerCase(), subject, causation };
    const { state, position } = await this.cancellations.one(asked);
    return written(communicationAnswer(state), position);
  }
}
