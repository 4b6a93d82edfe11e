import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPosition, type Caller, CurrentCaller, WaitsFor } from '@poinciana/service-kit';
import { parseCursor } from '../../http/cursor.js';
import { type PageAnswer, pageAnswer } from '../../http/page-answer.js';
import { ParticipantView } from '../participants/participant-view.js';
import { type CampaignCommunicationItem, type CommunicationItem, communicationItem } from './communication-items.js';
import { type CommunicationQuery, CommunicationView } from './communication-view.js';
import { COMMUNICATIONS_GROUP } from './communications.consumer.js';
import { CampaignCommunicationPageAnswer, CommunicationPageAnswer } from './communications-answers.js';
import { CommunicationsRequest } from './communications-request.js';

@ApiTags('communications')
@ApiBearerAuth()
@WaitsFor(COMMUNICATIONS_GROUP)
@Controller()
export class CommunicationsController {
  constructor(
    private readonly communications: CommunicationView<unknown>,
    private readonly participants: ParticipantView<unknown>,
  ) {}

  @Get('participants/:id/communications')
  @ApiOperation({ summary: 'The communications of a participant, of all her lives, by the time of planning' })
  @ApiOkResponse({ type: CommunicationPageAnswer })
  @ApiPosition()
  ofParticipant(
    @CurrentCaller() { workspace }: Caller,
    @Param('id', ParseUUIDPipe) participantId: string,
    @Query() request: CommunicationsRequest,
  ): Promise<PageAnswer<CommunicationItem>> {
    return this.page(workspace, { participantId }, request);
  }

  @Get('campaigns/:campaignId/communications')
  @ApiOperation({ summary: 'The communications of a campaign, by the time of planning' })
  @ApiOkResponse({ type: CampaignCommunicationPageAnswer })
  @ApiPosition()
  async ofCampaign(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Query() request: CommunicationsRequest,
  ): Promise<PageAnswer<CampaignCommunicationItem>> {
    const answer = await this.page(workspace, { campaignId }, request);
    const ids = [...new Set(answer.items.map(({ participantId }) => participantId))];
    const participants = await this.participants.find(workspace, ids);
    const names = new Map(participants.map(({ id, values }) => [id, values['name']]));
    return {
      ...answer,
      items: answer.items.map((item) => ({ ...item, participantName: names.get(item.participantId) ?? null })),
    };
  }

  private async page(
    workspace: string,
    of: CommunicationQuery['of'],
    { status, code, name, direction, after, limit }: CommunicationsRequest,
  ): Promise<PageAnswer<CommunicationItem>> {
    const page = await this.communications.list({
      workspace,
      of,
      ...(status === undefined ? {} : { statuses: status }),
      ...(code === undefined ? {} : { codes: code }),
      ...(name === undefined ? {} : { name }),
      ...(after === undefined ? {} : { after: parseCursor(after, 'instant') }),
      direction,
      limit: limit + 1,
    });
    const answer = pageAnswer(page, limit, ({ plannedAt, id }) => ({ value: plannedAt, id }));
    return { ...answer, items: answer.items.map(communicationItem) };
  }
}
