import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
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
import { CancelOne } from '../handlers/cancel-communication.js';
import { ReadCommunication } from '../handlers/read-communication.js';
import {
  communicationAnswer,
  CommunicationAnswer,
  historyAnswer,
  CommunicationHistoryAnswer,
} from './communication-answers.js';

@ApiTags('communications')
@ApiBearerAuth()
@Controller('communications')
export class CommunicationsController {
  constructor(
    private readonly communications: ReadCommunication,
    private readonly cancelOne: CancelOne<unknown>,
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
    const { state, position } = await this.cancelOne.cancel(asked);
    return written(communicationAnswer(state), position);
  }
}
