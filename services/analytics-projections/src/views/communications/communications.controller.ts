import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPosition, type Caller, CurrentCaller, WaitsFor } from '@poinciana/service-kit';
import { Definitions } from '../../definitions/definitions.js';
import { type PageAnswer, pageAnswer } from '../../http/page-answer.js';
import { pagingOf } from '../../http/page-request.js';
import { ParticipantView } from '../participants/participant-view.js';
import { type CampaignCommunicationItem, type CommunicationItem, communicationItem } from './communication-items.js';
import { type CommunicationQuery, CommunicationView } from './communication-view.js';
import { communicationFilter } from './communication-filter.js';
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
    private readonly definitions: Definitions,
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
    return this.withNames(workspace, await this.page(workspace, { campaignId }, request));
  }

  @Get('communications')
  @ApiOperation({
    summary: 'The communications of all campaigns of the workspace, deleted ones too, by the time of planning',
  })
  @ApiOkResponse({ type: CampaignCommunicationPageAnswer })
  @ApiPosition()
  async ofWorkspace(
    @CurrentCaller() { workspace }: Caller,
    @Query() request: CommunicationsRequest,
  ): Promise<PageAnswer<CampaignCommunicationItem>> {
    return this.withNames(workspace, await this.page(workspace, 'workspace', request));
  }

  private async withNames(
    workspace: string,
    answer: PageAnswer<CommunicationItem>,
  ): Promise<PageAnswer<CampaignCommunicationItem>> {
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
    request: CommunicationsRequest,
  ): Promise<PageAnswer<CommunicationItem>> {
    const { timeZone } = await this.definitions.workspace(workspace);
    const page = await this.communications.list({
      ...communicationFilter(workspace, timeZone, of, request),
      ...pagingOf(request, 'instant'),
    });
    const answer = pageAnswer(page, request, ({ plannedAt, id }) => ({ value: plannedAt, id }));
    return { ...answer, items: answer.items.map(communicationItem) };
  }
}
