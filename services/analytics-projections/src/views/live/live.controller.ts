import { Readable } from 'node:stream';
import { Controller, Get, Headers, type OnModuleDestroy, Param, ParseUUIDPipe, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { DomainError, parsePosition } from '@poinciana/event-sourcing';
import { type Caller, CurrentCaller } from '@poinciana/service-kit';
import { LiveFeed, type LiveMessage, type Watcher } from './live-feed.js';

/** So often a line goes out at least, so that nobody on the way takes the connection for dead. */
const HEARTBEAT_MS = 15_000;
const RETRY_MS = 2_000;

@ApiTags('live')
@ApiBearerAuth()
@Controller('campaigns/:campaignId/live')
export class LiveController implements OnModuleDestroy {
  constructor(private readonly feed: LiveFeed) {}

  @Get()
  @ApiOperation({
    summary:
      'What changes in a campaign, as server-sent events: `changed` with the ids of rows to read again, `reload` to read all again',
  })
  @ApiHeader({
    name: 'last-event-id',
    required: false,
    description: 'The id of the last event that was seen: goes on behind it.',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string' } })
  async watch(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Headers('last-event-id') lastEventId?: string,
  ): Promise<StreamableFile> {
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

/** Nothing is taken from the watcher before the connection has room for it. */
async function* messages(watcher: Watcher): AsyncGenerator<string> {
  yield `retry: ${RETRY_MS}\n\n`;
  for (;;) {
    const waiting = await watcher.next(HEARTBEAT_MS);
    if (waiting === undefined) return;
    yield waiting.length === 0 ? ': still there\n\n' : waiting.map(eventText).join('');
  }
}

function eventText({ id, type, data }: LiveMessage): string {
  return `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}
