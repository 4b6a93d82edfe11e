import { Controller, HttpCode, Param, ParseUUIDPipe, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Roles, StreamedBody } from '@poinciana/service-kit';
import type { FastifyRequest } from 'fastify';
import { PreviewUpload } from '../handlers/preview-upload.js';
import { withFormFile } from './form-file.js';
import { UploadPreviewAnswer, uploadPreviewAnswer } from './upload-preview-answers.js';
import { UploadQuery } from './upload-requests.js';
import { FILE_SCHEMA } from './uploads.controller.js';

@ApiTags('uploads')
@ApiBearerAuth()
@Controller('campaigns/:campaignId/upload-previews')
export class UploadPreviewsController {
  constructor(private readonly previewUpload: PreviewUpload) {}

  @Post()
  @StreamedBody()
  @Roles('manager')
  @HttpCode(200)
  @ApiOperation({
    summary: 'What an import would make of a file; nothing is stored',
    description: 'Looks at the first MiB, so a part of the file is enough.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: FILE_SCHEMA })
  @ApiOkResponse({ type: UploadPreviewAnswer })
  async preview(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Query() { dateFormat }: UploadQuery,
    @Req() request: FastifyRequest,
  ): Promise<UploadPreviewAnswer> {
    return withFormFile(request, async ({ name: fileName, content }) =>
      uploadPreviewAnswer(await this.previewUpload.execute({ workspace, campaignId, fileName, dateFormat, content })),
    );
  }
}
