import { Readable } from 'node:stream';
import { Controller, Get, Param, ParseUUIDPipe, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller } from '@poinciana/service-kit';
import { UploadFiles } from '../handlers/upload-files.js';
import { UploadQueries } from '../handlers/upload-queries.js';

const CSV = 'text/csv; charset=utf-8';

/** What can be downloaded of uploads: streamed, whatever its size. */
@ApiTags('uploads')
@ApiBearerAuth()
@Controller('campaigns/:campaignId')
export class UploadFilesController {
  constructor(
    private readonly queries: UploadQueries,
    private readonly files: UploadFiles,
  ) {}

  @Get('upload-template.csv')
  @ApiOperation({ summary: 'A file with the header that the campaign takes, to be filled in' })
  @ApiProduces('text/csv')
  async template(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
  ): Promise<StreamableFile> {
    return download([await this.queries.template(workspace, campaignId)], 'template.csv', CSV);
  }

  @Get('uploads/:uploadId/errors.csv')
  @ApiOperation({ summary: 'The errors report: row, field, value, code and reason of every problem' })
  @ApiProduces('text/csv')
  async errors(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('uploadId', ParseUUIDPipe) id: string,
  ): Promise<StreamableFile> {
    const report = await this.queries.problemsFile({ id, workspace, campaignId }, 'error');
    return download(report, `errors-${id}.csv`, CSV);
  }

  @Get('uploads/:uploadId/warnings.csv')
  @ApiOperation({ summary: 'The warnings report: row, field, value, code and reason of every warning of a row' })
  @ApiProduces('text/csv')
  async warnings(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('uploadId', ParseUUIDPipe) id: string,
  ): Promise<StreamableFile> {
    const report = await this.queries.problemsFile({ id, workspace, campaignId }, 'warning');
    return download(report, `warnings-${id}.csv`, CSV);
  }

  @Get('uploads/:uploadId/failed-rows.csv')
  @ApiOperation({ summary: 'The failed rows whole, under the header of the file, to mend and upload again' })
  @ApiProduces('text/csv')
  async failedRows(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('uploadId', ParseUUIDPipe) id: string,
  ): Promise<StreamableFile> {
    return download(await this.files.failedRows({ id, workspace, campaignId }), `failed-rows-${id}.csv`, CSV);
  }

  @Get('uploads/:uploadId/file')
  @ApiOperation({ summary: 'The file as it was received, as long as it is kept' })
  @ApiProduces('text/csv')
  async file(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('uploadId', ParseUUIDPipe) id: string,
  ): Promise<StreamableFile> {
    const { content } = await this.files.file({ id, workspace, campaignId });
    return download(content, `upload-${id}.csv`, 'text/csv');
  }
}

function download(
  pieces: Iterable<string> | AsyncIterable<string | Buffer>,
  name: string,
  type: string,
): StreamableFile {
  const disposition = `attachment; filename="${name}"`;
  return new StreamableFile(Readable.from(pieces, { objectMode: false }), { type, disposition });
}
