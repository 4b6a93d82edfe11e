import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, CurrentRequest, Roles, type Caller, type RequestIdentity } from '@poinciana/service-kit';
import { CancelCommunications, CANCELED_MAX } from '../handlers/cancel-communication.js';
import { ParticipantCommunications } from '../handlers/participant-communications.js';
import { communicationAnswer, CommunicationListAnswer } from './communication-answers.js';

@ApiTags('communications')
@ApiBearerAuth()
@Controller('participants/:participantId/communications')
export class ParticipantsController {
  constructor(
    private readonly communications: ParticipantCommunications,
    private readonly cancellations: CancelCommunications<unknown>,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The communications of a participant from the log itself, the newest first; none for an unknown one',
  })
  @ApiOkResponse({ type: CommunicationListAnswer })
  async list(
    @CurrentCaller() { workspace }: Caller,
    @Param('participantId', ParseUUIDPipe) participantId: string,
  ): Promise<CommunicationListAnswer> {
    const all = await this.communications.of(workspace, participantId.toLowerCase());
    return { items: all.map(communicationAnswer) };
  }

  @Post('cancel')
  @HttpCode(200)
  @Roles('manager')
  @ApiOperation({ summary: 'Ends whatever is open of a participant as Canceled' })
  @ApiOkResponse({ type: CommunicationListAnswer })
  async cancel(
    @CurrentCaller() { workspace, subject }: Caller,
    @CurrentRequest() { causation }: RequestIdentity,
    @Param('participantId', ParseUUIDPipe) participantId: string,
  ): Promise<CommunicationListAnswer> {
    const open = await this.communications.open(workspace, participantId.toLowerCase());
    const communicationIds = open.slice(0, CANCELED_MAX);
    const { states } = await this.cancellations.many({ workspace, communicationIds, subject, causation });
    return { items: states.map(communicationAnswer) };
  }
}
