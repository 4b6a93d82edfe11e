import { Readable } from 'node:stream';
import { Controller, Get, Param, ParseUUIDPipe, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller } from '@poinciana/service-kit';
import { WatchUploads } from '../handlers/watch-uploads.js';
import type { ShownUpload } from '../handlers/upload-queries.js';
import { uploadAnswer } from './upload-answers.js';

const RETRY_MS = 2_000;

@ApiTags('uploads')
@ApiBearerAuth()
@Controller('campaigns/:campaignId/uploads/:uploadId/progress')
export class UploadProgressController {
  constructor(private readonly watchUploads: WatchUploads) {}

  @Get()
  @ApiOperation({
    summary:
      'The counters of an upload as server-sent events: `progress` as they move, at last `ended` with the final status. Each carries the upload as GET answers it',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({
    // Of no type: the text is a list of events, and tools hold each of them to it.
    schema: { example: 'event: progress\ndata: {"status":"Processing","rows":1200}\n\n' },
  })
  async watch(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('uploadId', ParseUUIDPipe) id: string,
  ): Promise<StreamableFile> {
    const changes = await this.watchUploads.watch({ id, workspace, campaignId });
    const stream = Readable.from(messages(changes), { objectMode: false, highWaterMark: 1 });
    return new StreamableFile(stream, { type: 'text/event-stream; charset=utf-8' });
  }
}

async function* messages(changes: AsyncGenerator<ShownUpload | undefined>): AsyncGenerator<string> {
  yield `retry: ${RETRY_MS}\n\n`;
  for await (const record of changes) yield record === undefined ? ': still there\n\n' : eventText(record);
}

function eventText(record: ShownUpload): string {
  const event = record.state === 'completed' ? 'ended' : 'progress';
  return `event: ${event}\ndata: ${JSON.stringify(uploadAnswer(record))}\n\n`;
}
