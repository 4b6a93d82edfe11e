import { Controller, Get, Headers, Param, ParseUUIDPipe, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiExtraModels,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { parsePosition } from '@poinciana/event-sourcing';
import { ApiPosition, type Caller, CurrentCaller, WaitsFor } from '@poinciana/service-kit';
import { contextOf, Definitions } from '../../definitions/definitions.js';
import { parseInstant } from '../../http/instant.js';
import { COMMUNICATIONS_GROUP } from '../communications/communications.consumer.js';
import { TimelineAnswer, WhyCommunicationNamedAnswer, WhyParticipantAnswer } from './history-answers.js';
import { TimelineRequest, WhyRequest } from './history-requests.js';
import { SESSIONS_GROUP } from '../sessions/sessions.consumer.js';
import { ParticipantHistories, type ParticipantHistory } from './participant-history.js';
import { type TimelineEntry, timelineOf } from './timeline.js';
import type { Telling } from './told.js';
import { type Why, whyOf } from './why.js';
import { type WhyAnswer, whyCommunicationNamed } from './why-communication.js';
import { whyNode } from './why-node.js';
import { timelineText, whyAnswerText, whyText } from './why-text.js';

/** As much of a reply as one needs to say what its body is. */
interface TypedReply {
  type(mediaType: string): unknown;
}

const TEXT = 'text/plain';

/**
 * What happened to a participant, and why. Read from the log itself, so never behind; whoever waits for a position waits for
 * communications and sessions, so that the lists beside it agree.
 */
@ApiTags('participants')
@ApiBearerAuth()
@ApiProduces('application/json', TEXT)
@ApiExtraModels(WhyParticipantAnswer, WhyCommunicationNamedAnswer)
@ApiNotFoundResponse({ description: 'There is no such participant (`participant_not_found`).' })
@WaitsFor(COMMUNICATIONS_GROUP, SESSIONS_GROUP)
@Controller('participants/:id')
export class HistoryController {
  constructor(
    private readonly histories: ParticipantHistories,
    private readonly definitions: Definitions,
  ) {}

  @Get('timeline')
  @ApiOperation({ summary: 'Everything that happened to a participant, the newest first, each linked to its cause' })
  @ApiOkResponse({ type: TimelineAnswer })
  @ApiPosition()
  async timeline(
    @CurrentCaller() { workspace }: Caller,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { after, limit, asOf }: TimelineRequest,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: TypedReply,
  ): Promise<{ readonly items: readonly TimelineEntry[]; readonly next?: string } | string> {
    const { history, telling } = await this.read(workspace, id, asOf);
    const before = after === undefined ? Number.POSITIVE_INFINITY : (parsePosition(after)?.number ?? 0);
    const rest = timelineOf(history, telling).filter(({ position }) => (parsePosition(position)?.number ?? 0) < before);
    const items = rest.slice(0, limit);
    if (wantsText(accept)) return asText(reply, timelineText(items, telling.zone));
    const last = items.at(-1);
    return last === undefined || rest.length <= limit ? { items } : { items, next: last.position };
  }

  @Get('why')
  @ApiOperation({
    summary: 'Why a participant was (not) contacted; or why (not) by one communication, or why (not) at one node',
  })
  @ApiOkResponse({
    schema: {
      oneOf: [{ $ref: getSchemaPath(WhyParticipantAnswer) }, { $ref: getSchemaPath(WhyCommunicationNamedAnswer) }],
    },
  })
  @ApiPosition()
  async why(
    @CurrentCaller() { workspace }: Caller,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { communication, node, flow, asOf }: WhyRequest,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: TypedReply,
  ): Promise<Why | WhyAnswer | string> {
    const { history, telling } = await this.read(workspace, id, asOf);
    if (node !== undefined) {
      const answer = whyNode(flow ?? '', node, history, telling);
      return wantsText(accept) ? asText(reply, whyAnswerText(answer)) : answer;
    }
    if (communication === undefined) {
      const why = whyOf(history, telling);
      return wantsText(accept) ? asText(reply, whyText(why)) : why;
    }
    const answer = whyCommunicationNamed(communication, history, telling);
    return wantsText(accept) ? asText(reply, whyAnswerText(answer)) : answer;
  }

  private async read(
    workspace: string,
    id: string,
    asked?: string,
  ): Promise<{ readonly history: ParticipantHistory; readonly telling: Telling }> {
    const known = await this.definitions.workspace(workspace);
    const asOf = parseInstant(asked, known.timeZone);
    const history = await this.histories.read(workspace, id, asOf);
    const campaign =
      asOf === undefined
        ? await this.definitions.campaign(workspace, history.participant.campaignId)
        : await this.definitions.campaignAsOf(workspace, history.participant.campaignId, asOf);
    const zone = history.participant.timeZone ?? known.timeZone;
    return { history, telling: { campaign, context: contextOf(campaign, known), zone, workspaceZone: known.timeZone } };
  }
}

/** Whether a caller asks for text before anything else. */
function wantsText(accept = ''): boolean {
  return accept.trimStart().startsWith(TEXT);
}

function asText(reply: TypedReply, text: string): string {
  reply.type(`${TEXT}; charset=utf-8`);
  return text;
}
