import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Roles } from '@poinciana/service-kit';
import { RevertUpload } from '../handlers/revert-upload.js';
import { UploadWorker } from '../handlers/upload-worker.js';
import { LeftPageAnswer, leftPageAnswer, leftPlaceOf, RevertAnswer, revertAnswer } from './revert-answers.js';
import { LeftAloneQuery, RevertQuery } from './revert-requests.js';

@ApiTags('uploads')
@ApiBearerAuth()
@Controller('campaigns/:campaignId/uploads/:uploadId/revert')
export class RevertsController {
  constructor(
    private readonly revertUpload: RevertUpload,
    private readonly worker: UploadWorker,
  ) {}

  @Post()
  @Roles('manager')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Undoes what an upload did, in the background; or says what that would be',
    description:
      'Participants that the upload created are deleted from the campaign, values that it changed become what they were, as long as nothing newer has changed them. ' +
      'All of it are ordinary events: in an Active campaign Participant Updated fires, and deleting a participant cancels its communications. Asking again while it is under way changes nothing.',
  })
  @ApiAcceptedResponse({ type: RevertAnswer })
  async begin(
    @CurrentCaller() { workspace, subject }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('uploadId', ParseUUIDPipe) id: string,
    @Query() { preview: isPreview }: RevertQuery,
  ): Promise<RevertAnswer> {
    const begun = await this.revertUpload.begin({ id, workspace, campaignId, isPreview }, `user:${subject}`);
    this.worker.wake();
    return revertAnswer(begun);
  }

  @Get()
  @ApiOperation({ summary: 'How the revert of an upload, or its preview, gets on, and what it led to' })
  @ApiOkResponse({ type: RevertAnswer })
  async one(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('uploadId', ParseUUIDPipe) id: string,
    @Query() { preview: isPreview }: RevertQuery,
  ): Promise<RevertAnswer> {
    return revertAnswer(await this.revertUpload.find({ id, workspace, campaignId, isPreview }));
  }

  @Get('left-alone')
  @ApiOperation({ summary: 'What the revert of an upload, or its preview, leaves as it is, and why' })
  @ApiOkResponse({ type: LeftPageAnswer })
  async leftAlone(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('uploadId', ParseUUIDPipe) id: string,
    @Query() { preview: isPreview, limit, after }: LeftAloneQuery,
  ): Promise<LeftPageAnswer> {
    const revert = { id, workspace, campaignId, isPreview };
    return leftPageAnswer(await this.revertUpload.left(revert, limit, leftPlaceOf(after)), limit);
  }
}
