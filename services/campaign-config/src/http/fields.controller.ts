import { Body, Controller, Get, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiIfMatch,
  ApiPosition,
  type Caller,
  CurrentCaller,
  CurrentRequest,
  IfMatch,
  type RequestIdentity,
  Roles,
  type SeenState,
  type Written,
  written,
} from '@poinciana/service-kit';
import { CampaignStreams } from '../handlers/campaign-streams.js';
import { DefineFieldsHandler } from '../handlers/define-fields.js';
import { CampaignAnswer, campaignAnswer } from './campaign-answers.js';
import { FieldsRequest } from './fields-requests.js';

/** The Data tab. */
@ApiTags('fields')
@ApiBearerAuth()
@Controller('campaigns/:campaignId/fields')
export class FieldsController {
  constructor(
    private readonly campaigns: CampaignStreams,
    private readonly define: DefineFieldsHandler,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The campaign with its fields, and the etag of the fields' })
  @ApiOkResponse({ type: CampaignAnswer })
  @ApiPosition()
  async fields(
    @CurrentCaller() caller: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
  ): Promise<Written<CampaignAnswer>> {
    const { campaign, position } = await this.campaigns.read(caller.workspace, campaignId);
    const answer = campaignAnswer(campaign);
    return written(answer, position, answer.fieldsEtag);
  }

  @Put()
  @Roles('manager')
  @ApiOperation({ summary: 'Defines the fields of a campaign: the whole list, in its order' })
  @ApiOkResponse({ type: CampaignAnswer })
  @ApiPosition()
  @ApiIfMatch()
  async defineFields(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Body() body: FieldsRequest,
    @IfMatch() seen: SeenState | undefined,
  ): Promise<Written<CampaignAnswer>> {
    const fields = body.fields.map((field) => ({
      ...field,
      description: field.description ?? '',
      locked: field.locked ?? false,
      enumerationValues: field.enumerationValues ?? [],
    }));
    const { campaign, position } = await this.define.execute({ caller, request }, campaignId, fields, seen);
    const answer = campaignAnswer(campaign);
    return written(answer, position, answer.fieldsEtag);
  }
}
