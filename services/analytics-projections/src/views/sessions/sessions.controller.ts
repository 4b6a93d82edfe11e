import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DomainError } from '@poinciana/event-sourcing';
import { ApiPosition, type Caller, CurrentCaller, WaitsFor } from '@poinciana/service-kit';
import { Definitions } from '../../definitions/definitions.js';
import { parseInstant } from '../../http/instant.js';
import { type PageAnswer, pageAnswer } from '../../http/page-answer.js';
import { pagingOf } from '../../http/page-request.js';
import { type SessionLine, type SessionMessage, type SessionQuery, SessionView } from './session-view.js';
import { SessionDetailsAnswer, SessionPageAnswer } from './sessions-answers.js';
import { SESSIONS_GROUP } from './sessions.consumer.js';
import { SessionsRequest } from './sessions-requests.js';

@ApiTags('sessions')
@ApiBearerAuth()
@WaitsFor(SESSIONS_GROUP)
@Controller('sessions')
export class SessionsController {
  constructor(
    private readonly sessions: SessionView<unknown>,
    private readonly definitions: Definitions,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The conversations of the workspace, by the time of opening' })
  @ApiOkResponse({ type: SessionPageAnswer })
  @ApiPosition()
  async list(
    @CurrentCaller() { workspace }: Caller,
    @Query() request: SessionsRequest,
  ): Promise<PageAnswer<SessionLine>> {
    const { timeZone } = await this.definitions.workspace(workspace);
    const filter = filterOf(workspace, timeZone, request);
    const page = await this.sessions.list({ ...filter, ...pagingOf(request, 'instant') });
    return pageAnswer(page, request, ({ openedAt, id }) => ({ value: openedAt, id }));
  }

  @Get(':id')
  @ApiOperation({ summary: 'A conversation with its transcript and results' })
  @ApiOkResponse({ type: SessionDetailsAnswer })
  @ApiNotFoundResponse({ description: 'There is no such session (`session_not_found`).' })
  @ApiPosition()
  async one(
    @CurrentCaller() { workspace }: Caller,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<SessionLine & { readonly transcript: readonly SessionMessage[] }> {
    const session = await this.sessions.find(workspace, id);
    if (session === undefined) throw new DomainError('session_not_found', 'There is no such session', 'notFound');
    return { ...session, transcript: await this.sessions.messages(workspace, id) };
  }
}

type Filter = Omit<SessionQuery, 'direction' | 'after' | 'limit'>;

function filterOf(workspace: string, zone: string, request: SessionsRequest): Filter {
  const { agentId, channelType, channelId, campaignId, participantId, openedFrom, openedBefore, q = '' } = request;
  const text = q.replaceAll('\0', ' ').trim();
  const given = (name: keyof Filter, value: string | undefined): Partial<Filter> =>
    value === undefined || value === '' ? {} : { [name]: value };
  return {
    workspace,
    ...given('agentId', agentId?.toLowerCase()),
    ...given('channelType', channelType),
    ...given('channelId', channelId?.toLowerCase()),
    ...given('campaignId', campaignId?.toLowerCase()),
    ...given('participantId', participantId?.toLowerCase()),
    ...given('openedFrom', parseInstant(openedFrom, zone)),
    ...given('openedBefore', parseInstant(openedBefore, zone)),
    ...given('text', text),
  };
}
