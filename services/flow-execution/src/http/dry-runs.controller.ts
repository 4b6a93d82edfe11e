import { Readable } from 'node:stream';
import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post, Query, Req, StreamableFile } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import { DomainError } from '@poinciana/event-sourcing';
import { FILE_BYTES_MAX } from '@poinciana/participant-file';
import { type Caller, CurrentCaller, RequestRefusal, Roles } from '@poinciana/service-kit';
import type { FastifyRequest } from 'fastify';
import { type FileTrialLine, TryFile } from '../handlers/try-file.js';
import { type ParticipantTrial, TryParticipant } from '../handlers/try-participant.js';
import { DryRunAnswer } from './dry-run-answers.js';
import { DryRunRequest, FileDryRunRequest } from './dry-run-requests.js';

const FILE_SCHEMA = {
  schema: { type: 'string', format: 'binary', example: 'external_id,name,amount\nC1,Anna,12.50\n' },
};
const LINES_SCHEMA = {
  schema: {
    type: 'string',
    format: 'binary',
    example: '{"type":"problem","code":"missing_required_column","detail":"The column phone is missing"}\n',
  },
};
const LINES = 'application/x-ndjson';

/** What a flow would do; nothing is stored and nothing is sent. */
@ApiTags('dry runs')
@ApiBearerAuth()
@Roles('manager')
@Controller('campaigns/:campaignId/dry-run')
export class DryRunsController {
  constructor(
    private readonly participant: TryParticipant,
    private readonly file: TryFile,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'What a flow would do for one participant, with the whole trace' })
  @ApiOkResponse({ type: DryRunAnswer })
  async one(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Body() body: DryRunRequest,
  ): Promise<ParticipantTrial> {
    const { flow, values = {}, participantId, timeZone, communication, ...terms } = body;
    const person = {
      participantId: participantId?.toLowerCase(),
      values,
      timeZone,
      communication: communication === undefined ? undefined : { id: 'dry run', ...communication },
    };
    const request = { ...terms, flowId: terms.flowId.toLowerCase(), drawn: flow };
    return this.participant.execute(workspace, campaignId, request, person);
  }

  @Post('file')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'What a flow would do for every row of a file: lines of JSON, first about the progress, the last with the result',
  })
  @ApiConsumes('text/csv')
  @ApiBody(FILE_SCHEMA)
  @ApiProduces(LINES)
  @ApiOkResponse(LINES_SCHEMA)
  async all(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Query() terms: FileDryRunRequest,
    @Req() request: FastifyRequest,
  ): Promise<StreamableFile> {
    const trial = { ...terms, flowId: terms.flowId.toLowerCase() };
    const lines = await this.file.execute(workspace, campaignId, trial, bounded(bodyOf(request)));
    return new StreamableFile(Readable.from(textOf(lines), { objectMode: false }), { type: LINES });
  }
}

function bodyOf({ body }: FastifyRequest): Readable {
  if (body instanceof Readable) return body;
  throw new RequestRefusal(415, 'unsupported_content_type', 'The body must be of the type text/csv.');
}

async function* bounded(file: Readable): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const piece of file) {
    const taken = piece as Buffer;
    bytes += taken.length;
    if (bytes > FILE_BYTES_MAX) throw new DomainError('file_too_large', 'File must be smaller than 4GB!', 'tooLarge');
    yield taken;
  }
}

async function* textOf(lines: AsyncIterable<FileTrialLine>): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}
