import { Controller, Delete, Head, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { type Caller, CurrentCaller, Roles, StreamedBody } from '@poinciana/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { v7 } from 'uuid';
import { TUS_PART, TusRequests } from './tus-requests.js';
import { UploadQuery } from './upload-requests.js';

const BYTES_HEADER = { schema: { type: 'integer' as const, minimum: 0, example: 1_024 } };
const ApiTus = () => ApiHeader({ name: 'tus-resumable', required: true, schema: { type: 'string', enum: ['1.0.0'] } });
const WITHOUT_DATES = new UploadQuery();

/** The door for files that are sent in parts: tus 1.0.0 with creation, creation-with-upload, expiration and termination. */
@ApiTags('uploads')
@ApiBearerAuth()
@Controller('campaigns/:campaignId/resumable-uploads')
export class ResumableUploadsController {
  constructor(private readonly tus: TusRequests) {}

  @Post()
  @StreamedBody()
  @Roles('manager')
  @HttpCode(201)
  @ApiOperation({
    summary: 'Begins the upload of a CSV file that may be broken off and gone on with (tus 1.0.0)',
    description:
      'The header `location` of the answer names the upload; its last part is the id of the upload, which is found among the uploads of the campaign at once. When the last byte is there, the file is checked and imported in the background; a file that is refused ends its upload as Failed, with the code as `reason`.',
  })
  @ApiTus()
  @ApiHeader({ name: 'upload-length', required: true, ...BYTES_HEADER })
  @ApiHeader({
    name: 'upload-metadata',
    required: true,
    example: 'filename cGVvcGxlLmNzdg==',
    description: '`filename` and its value in base64',
  })
  @ApiCreatedResponse({ headers: { location: { schema: { type: 'string' } } } })
  async begin(
    @CurrentCaller() caller: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Query() query: UploadQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.tus.answer(subjectOf(caller, campaignId, v7(), query), request, reply);
  }

  @Head(':uploadId')
  @Roles('manager')
  @ApiOperation({ summary: 'How many bytes of the file are stored: `upload-offset`' })
  @ApiTus()
  @ApiOkResponse({ headers: { 'upload-offset': BYTES_HEADER, 'upload-length': BYTES_HEADER } })
  async stored(
    @CurrentCaller() caller: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('uploadId', ParseUUIDPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.tus.answer(subjectOf(caller, campaignId, id), request, reply);
  }

  @Patch(':uploadId')
  @StreamedBody()
  @Roles('manager')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sends a part of the file, from `upload-offset` on' })
  @ApiTus()
  @ApiHeader({ name: 'upload-offset', required: true, ...BYTES_HEADER })
  @ApiConsumes(TUS_PART)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiNoContentResponse({ headers: { 'upload-offset': BYTES_HEADER } })
  async part(
    @CurrentCaller() caller: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('uploadId', ParseUUIDPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.tus.answer(subjectOf(caller, campaignId, id), request, reply);
  }

  @Delete(':uploadId')
  @Roles('manager')
  @HttpCode(204)
  @ApiOperation({ summary: 'Gives up an upload that is not finished' })
  @ApiTus()
  @ApiNoContentResponse()
  async discard(
    @CurrentCaller() caller: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('uploadId', ParseUUIDPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.tus.answer(subjectOf(caller, campaignId, id), request, reply);
  }
}

function subjectOf({ workspace, subject }: Caller, campaignId: string, id: string, query = WITHOUT_DATES) {
  return { id, workspace, campaignId, actor: `user:${subject}`, dateFormat: query.dateFormat };
}
