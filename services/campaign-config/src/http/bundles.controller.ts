import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Req, StreamableFile } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import {
  ApiPosition,
  type Caller,
  CurrentCaller,
  CurrentRequest,
  type RequestIdentity,
  RequestRefusal,
  Roles,
  type Written,
  written,
} from '@poinciana/service-kit';
import type { FastifyRequest } from 'fastify';
import { ExportCampaign } from '../handlers/export-campaign.js';
import { ImportCampaignHandler } from '../handlers/import-campaign.js';
import { ImportPreviewAnswer, importPreviewAnswer } from './bundle-answers.js';
import { CampaignAnswer, campaignAnswer } from './campaign-answers.js';

const ZIP = 'application/zip';
const BUNDLE_SCHEMA = { schema: { type: 'string', format: 'binary' } };

/** Campaigns as files that others can read, keep and import. */
@ApiTags('bundles')
@ApiBearerAuth()
@Roles('manager')
@Controller('campaigns')
export class BundlesController {
  constructor(
    private readonly exportCampaign: ExportCampaign,
    private readonly importCampaign: ImportCampaignHandler,
  ) {}

  @Get(':campaignId/export')
  @ApiOperation({ summary: 'The campaign as a bundle: readable JSON in a ZIP archive, with a manifest and hashes' })
  @ApiProduces(ZIP)
  @ApiOkResponse(BUNDLE_SCHEMA)
  async export(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
  ): Promise<StreamableFile> {
    const { bytes } = await this.exportCampaign.execute(workspace, campaignId);
    return new StreamableFile(bytes, { type: ZIP, disposition: `attachment; filename="campaign-${campaignId}.zip"` });
  }

  @Post('import/preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'What an import would create, and what is missing here; stores nothing' })
  @ApiConsumes(ZIP)
  @ApiBody(BUNDLE_SCHEMA)
  @ApiOkResponse({ type: ImportPreviewAnswer })
  async preview(@CurrentCaller() { workspace }: Caller, @Req() request: FastifyRequest): Promise<ImportPreviewAnswer> {
    return importPreviewAnswer(await this.importCampaign.preview(workspace, bundleOf(request)));
  }

  @Post('import')
  @ApiOperation({ summary: 'Creates a campaign from a bundle, its flows Inactive' })
  @ApiConsumes(ZIP)
  @ApiBody(BUNDLE_SCHEMA)
  @ApiCreatedResponse({ type: CampaignAnswer })
  @ApiPosition()
  async import(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() identity: RequestIdentity,
    @Req() request: FastifyRequest,
  ): Promise<Written<CampaignAnswer>> {
    const asking = { caller, request: identity };
    const { campaign, position } = await this.importCampaign.execute(asking, bundleOf(request));
    const answer = campaignAnswer(campaign);
    return written(answer, position, answer.etag);
  }
}

function bundleOf({ body }: FastifyRequest): Uint8Array {
  if (body instanceof Uint8Array) return body;
  throw new RequestRefusal(415, 'unsupported_content_type', 'The body must be of the type application/zip.');
}
