import { Readable } from 'node:stream';
import { Controller, Get, Param, ParseUUIDPipe, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { DomainError } from '@poinciana/event-sourcing';
import { ApiPosition, type Caller, CurrentCaller, WaitsFor } from '@poinciana/service-kit';
import { Definitions } from '../../definitions/definitions.js';
import { type PageAnswer, pageAnswer } from '../../http/page-answer.js';
import { pagingOf } from '../../http/page-request.js';
import { CommunicationView } from '../communications/communication-view.js';
import {
  type ParticipantDetails,
  participantDetails,
  type ParticipantItem,
  participantItem,
} from './participant-details.js';
import { sortValue } from './participant-keys.js';
import { participantSearch } from './participant-search.js';
import { ParticipantView, sortedBy } from './participant-view.js';
import { PARTICIPANTS_GROUP } from './participants.consumer.js';
import { ParticipantDetailsAnswer, ParticipantPageAnswer } from './participants-answers.js';
import { participantsFile } from './participants-file.js';
import { ParticipantsRequest } from './participants-request.js';

@ApiTags('participants')
@ApiBearerAuth()
@Controller()
export class ParticipantsController {
  constructor(
    private readonly participants: ParticipantView<unknown>,
    private readonly communications: CommunicationView<unknown>,
    private readonly definitions: Definitions,
  ) {}

  @Get('campaigns/:campaignId/participants')
  @WaitsFor(PARTICIPANTS_GROUP)
  @ApiOperation({ summary: 'The participants of a campaign, page by page' })
  @ApiOkResponse({ type: ParticipantPageAnswer })
  @ApiPosition()
  async list(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Query() request: ParticipantsRequest,
  ): Promise<PageAnswer<ParticipantItem>> {
    const { sort } = request;
    const page = await this.participants.list({
      ...(await participantSearch(this.definitions, workspace, campaignId, request)),
      ...pagingOf(request, sortedBy(sort)),
      sort,
    });
    const answer = pageAnswer(page, request, (line) => ({ value: sortValue(line, sort), id: line.id }));
    const summaries = await this.communications.summaries(workspace, answer.items);
    const summaryOf = new Map(summaries.map((summary) => [summary.participantId, summary]));
    return { ...answer, items: answer.items.map((line) => participantItem(line, summaryOf.get(line.id))) };
  }

  @Get('campaigns/:campaignId/participants.csv')
  @WaitsFor(PARTICIPANTS_GROUP)
  @ApiOperation({ summary: 'All participants of a filter as CSV, safe to open in a spreadsheet' })
  @ApiProduces('text/csv')
  @ApiOkResponse({
    schema: { type: 'string', example: 'name,Created at\r\nAnna Kowalska,2026-11-20T09:00:00.000Z\r\n' },
  })
  @ApiPosition()
  async file(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Query() request: ParticipantsRequest,
  ): Promise<StreamableFile> {
    const { participants, communications, definitions } = this;
    const filter = await participantSearch(definitions, workspace, campaignId, request);
    const campaign = await definitions.campaign(workspace, campaignId);
    const lines = participantsFile({ participants, communications, campaign }, filter, request);
    return new StreamableFile(Readable.from(lines, { objectMode: false }), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="participants-${campaignId}.csv"`,
    });
  }

  @Get('participants/:id')
  @WaitsFor(PARTICIPANTS_GROUP)
  @ApiOperation({ summary: 'A participant: details in the order of the Data tab, and results' })
  @ApiOkResponse({ type: ParticipantDetailsAnswer })
  @ApiNotFoundResponse({ description: 'There is no such participant (`participant_not_found`).' })
  @ApiPosition()
  async one(
    @CurrentCaller() { workspace }: Caller,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<ParticipantDetails> {
    const [line] = await this.participants.find(workspace, [id]);
    if (line === undefined) throw new DomainError('participant_not_found', 'There is no such participant', 'notFound');
    const [summaries, campaign] = await Promise.all([
      this.communications.summaries(workspace, [line]),
      this.definitions.campaign(workspace, line.campaignId),
    ]);
    return participantDetails(line, summaries[0], campaign);
  }
}
