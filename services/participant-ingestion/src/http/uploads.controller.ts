import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Req } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  ApiPosition,
  type Caller,
  CurrentCaller,
  Roles,
  StreamedBody,
  type Written,
  written,
} from '@poinciana/service-kit';
import type { FastifyRequest } from 'fastify';
import { ReceiveUpload } from '../handlers/receive-upload.js';
import { UploadQueries } from '../handlers/upload-queries.js';
import { UploadWorker } from '../handlers/upload-worker.js';
import { withFormFile } from './form-file.js';
import {
  ProblemGroupAnswer,
  UploadAnswer,
  uploadAnswer,
  UploadListAnswer,
  uploadListAnswer,
} from './upload-answers.js';
import { UploadListQuery, UploadQuery } from './upload-requests.js';

/** A form with one file. */
export const FILE_SCHEMA = {
  type: 'object',
  properties: { file: { type: 'string', format: 'binary' } },
  required: ['file'],
};

@ApiTags('uploads')
@ApiBearerAuth()
@Controller('campaigns/:campaignId/uploads')
export class UploadsController {
  constructor(
    private readonly receiveUpload: ReceiveUpload,
    private readonly queries: UploadQueries,
    private readonly worker: UploadWorker,
  ) {}

  @Post()
  @StreamedBody()
  @Roles('manager')
  @HttpCode(202)
  @ApiOperation({ summary: 'Receives and checks a CSV file; its rows are imported in the background' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: FILE_SCHEMA })
  @ApiAcceptedResponse({ type: UploadAnswer })
  @ApiPosition()
  async upload(
    @CurrentCaller() { workspace, subject }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Query() { dateFormat }: UploadQuery,
    @Req() request: FastifyRequest,
  ): Promise<Written<UploadAnswer>> {
    return withFormFile(request, async ({ name: fileName, content }) => {
      const about = { workspace, campaignId, actor: `user:${subject}`, fileName, dateFormat, content };
      const { uploadId, position } = await this.receiveUpload.receive(about);
      this.worker.wake();
      return written(uploadAnswer(await this.queries.find({ id: uploadId, workspace, campaignId })), position);
    });
  }

  @Get()
  @ApiOperation({
    summary: 'The uploads of a campaign, the newest first; without one that was cut off while it was received',
  })
  @ApiOkResponse({ type: UploadListAnswer })
  async list(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Query() { limit, after }: UploadListQuery,
  ): Promise<UploadListAnswer> {
    return uploadListAnswer(await this.queries.list(workspace, campaignId, limit, after), limit);
  }

  @Get(':uploadId')
  @ApiOperation({ summary: 'One upload with its live counters' })
  @ApiOkResponse({ type: UploadAnswer })
  async one(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('uploadId', ParseUUIDPipe) id: string,
  ): Promise<UploadAnswer> {
    return uploadAnswer(await this.queries.find({ id, workspace, campaignId }));
  }

  @Get(':uploadId/errors')
  @ApiOperation({ summary: 'What is wrong with the rows of a file, grouped by field and code' })
  @ApiOkResponse({ type: [ProblemGroupAnswer] })
  async errors(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('uploadId', ParseUUIDPipe) id: string,
  ): Promise<readonly ProblemGroupAnswer[]> {
    return this.queries.problemGroups({ id, workspace, campaignId }, 'error');
  }

  @Get(':uploadId/warnings')
  @ApiOperation({
    summary: 'Warnings of the rows of a file, which stopped none of them, grouped by field and code',
  })
  @ApiOkResponse({ type: [ProblemGroupAnswer] })
  async warnings(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('uploadId', ParseUUIDPipe) id: string,
  ): Promise<readonly ProblemGroupAnswer[]> {
    return this.queries.problemGroups({ id, workspace, campaignId }, 'warning');
  }

  @Post(':uploadId/cancel')
  @Roles('manager')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Ends an upload early, also one in parts that is not whole yet; the rows stored so far stay',
  })
  @ApiAcceptedResponse({ type: UploadAnswer })
  async cancel(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('uploadId', ParseUUIDPipe) id: string,
  ): Promise<UploadAnswer> {
    const canceled = await this.queries.cancel({ id, workspace, campaignId });
    this.worker.wake();
    return uploadAnswer(canceled);
  }
}
