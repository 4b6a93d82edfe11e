import { Readable } from 'node:stream';
import {
  Controller,
  Headers,
  HttpCode,
  Logger,
  Param,
  ParseUUIDPipe,
  Post,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import {
  type Caller,
  CurrentCaller,
  CurrentRequest,
  problemOf,
  refusalOf,
  type RequestIdentity,
  RequestRefusal,
  Roles,
  StreamedBody,
} from '@poinciana/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type LineOutcome, StreamParticipants } from '../handlers/stream-participants.js';
import { NDJSON } from './http-doors.js';

/** Two people, one a line. */
const STREAM_EXAMPLE = `{"attributes":{"external_id":"cust_123","name":"Anna Kowalska"}}\n{"attributes":{"external_id":"cust_124"}}\n`;

@ApiTags('participants')
@ApiBearerAuth()
@Controller('campaigns/:campaignId/participants')
export class ParticipantStreamController {
  private readonly logger = new Logger('participants');

  constructor(private readonly streamParticipants: StreamParticipants) {}

  @Post('stream')
  @StreamedBody()
  @Roles('manager')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Adds any number of participants, one JSON item a line; answers a line for each while they are still being sent',
    description:
      'An answer is an item’s answer with its `line`. What is answered is stored. Read the answers while you send: who does not take them is not read from. A stream that must stop ends with a problem document as its last line.',
  })
  @ApiHeader({
    name: 'idempotency-key',
    required: false,
    example: 'import-2026-11-20',
    description: 'The same lines sent again with the same key write nothing twice and are answered the same.',
  })
  @ApiConsumes(NDJSON)
  @ApiBody({ schema: { type: 'string', format: 'binary', example: STREAM_EXAMPLE } })
  @ApiProduces(NDJSON)
  async stream(
    @CurrentCaller() { workspace, subject }: Caller,
    @CurrentRequest() { causation, requestId }: RequestIdentity,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Req() { body }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    if (!(body instanceof Readable))
      throw new RequestRefusal(415, 'unsupported_content_type', `The body must be of the type ${NDJSON}.`);
    const about = { workspace, campaignId, actor: `user:${subject}`, causation, content: body };
    const outcomes = await this.streamParticipants.execute(
      idempotencyKey === undefined ? about : { ...about, idempotencyKey },
    );
    const answer = Readable.from(this.lines(outcomes, requestId), { objectMode: false, highWaterMark: 1 });
    // What nobody will answer is not read.
    reply.raw.once('close', () => body.destroy());
    return new StreamableFile(answer, { type: NDJSON });
  }

  private async *lines(outcomes: AsyncGenerator<readonly LineOutcome[]>, requestId: string): AsyncGenerator<string> {
    try {
      for await (const batch of outcomes) yield batch.map((outcome) => `${JSON.stringify(outcome)}\n`).join('');
    } catch (error) {
      const { status, code, detail } = refusalOf(error);
      if (status >= 500) this.logger.error({ requestId, err: error }, 'A stream broke off');
      yield `${JSON.stringify(problemOf(status, code, detail, requestId))}\n`;
    }
  }
}
