import { Readable } from 'node:stream';
import { Controller, Get, Headers, type OnModuleDestroy, Param, ParseUUIDPipe, StreamableFile } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiHeader,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import { DomainError, formatPosition, parsePosition } from '@poinciana/event-sourcing';
import { ApiPosition, type Caller, CurrentCaller, WaitsFor } from '@poinciana/service-kit';
import { Definitions } from '../../definitions/definitions.js';
import { GROUPS } from '../groups.js';
import { LiveFeed, type LiveMessage, type Watcher } from './live-feed.js';

/** So often a line goes out at least, so that nobody on the way takes the connection for dead. */
const HEARTBEAT_MS = 15_000;
const RETRY_MS = 2_000;
const EXAMPLE = `retry: 2000
id: 0:41

id: 0:42
event: changed
data: {"participants":["7d444840-9dc0-51d1-b245-5ffdce74fad2"],"communications":[],"uploads":[],"sessions":[],"isCampaignChanged":false,"hasMore":false,"numbers":{"participants":12,"communications":{"total":9,"groups":{"inProgress":2,"successful":6,"notCompleted":1},"statuses":{"Started":2,"Completed":6,"Skipped":1}}}}

`;

@ApiTags('live')
@ApiBearerAuth()
@ApiPosition()
@WaitsFor(...GROUPS)
@Controller('campaigns/:campaignId/live')
export class LiveController implements OnModuleDestroy {
  constructor(
    private readonly feed: LiveFeed,
    private readonly definitions: Definitions,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'What changes in a campaign, as server-sent events: `changed` with the ids of rows to read again, `reload` to read all again; both with the numbers of participants and communications',
  })
  @ApiHeader({
    name: 'last-event-id',
    required: false,
    example: '0:42',
    description: 'The id of the last event that was seen: goes on behind it.',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string', example: EXAMPLE } })
  @ApiNotFoundResponse({ description: 'There is no such campaign (`campaign_not_found`).' })
  async watch(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Headers('last-event-id') lastEventId?: string,
  ): Promise<StreamableFile> {
    const { phase } = await this.definitions.campaign(workspace, campaignId);
    if (phase !== 'exists') throw new DomainError('campaign_not_found', 'There is no such campaign', 'notFound');
    if (this.feed.isFull)
      throw new DomainError('too_many_watchers', 'Too many are watching; ask again later', 'conflict');
    const after = lastEventId === undefined ? undefined : parsePosition(lastEventId);
    const watcher = await this.feed.watch(workspace, campaignId, after);
    const stream = Readable.from(messages(watcher), { objectMode: false, highWaterMark: 1 });
    stream.once('close', () => this.feed.leave(watcher));
    return new StreamableFile(stream, { type: 'text/event-stream; charset=utf-8' });
  }

  onModuleDestroy(): void {
    this.feed.stop();
  }
}

/**
 * Nothing is taken from the watcher before the connection has room for it. The first lines say where it begins: whoever loses the connection
 * before any message misses nothing either.
 */
async function* messages(watcher: Watcher): AsyncGenerator<string> {
  yield `retry: ${RETRY_MS}\nid: ${formatPosition(watcher.begin)}\n\n`;
  for (;;) {
    const waiting = await watcher.next(HEARTBEAT_MS);
    if (waiting === undefined) return;
    yield waiting.length === 0 ? ': still there\n\n' : waiting.map(eventText).join('');
  }
}

function eventText({ id, type, data }: LiveMessage): string {
  return `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}
