import { Controller, Get, HttpCode, Param, ParseIntPipe, ParseUUIDPipe, Post, Query } from '@nestjs/common';
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
} from '@poinciana/service-kit';
import { CompareVersions, type FlowVersionComparison } from '../handlers/compare-versions.js';
import { FlowVersions } from '../handlers/flow-versions.js';
import { FlowAnswer } from './campaign-answers.js';
import { ComparisonAnswer, VersionAnswer, VersionPageAnswer, versionLine, versionPage } from './flow-answers.js';
import { VersionsRequest } from './flow-requests.js';
import { answerOf } from './flows.controller.js';

/** What a flow was, and how it became what it is. */
@ApiTags('flow versions')
@ApiBearerAuth()
@Controller('campaigns/:campaignId/flows/:flowId/versions')
export class FlowVersionsController {
  constructor(
    private readonly versions: FlowVersions,
    private readonly comparison: CompareVersions,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Every saved version of a flow: who, when, with which note' })
  @ApiOkResponse({ type: VersionPageAnswer })
  async list(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('flowId', ParseUUIDPipe) flowId: string,
    @Query() page: VersionsRequest,
  ): Promise<VersionPageAnswer> {
    return versionPage(await this.versions.of(workspace, campaignId, flowId), page);
  }

  @Get(':version')
  @ApiOperation({ summary: 'One version of a flow, with its graph' })
  @ApiOkResponse({ type: VersionAnswer })
  async one(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('flowId', ParseUUIDPipe) flowId: string,
    @Param('version', ParseIntPipe) version: number,
  ): Promise<VersionAnswer> {
    const saved = await this.versions.find(workspace, campaignId, flowId, version);
    return { ...versionLine(saved), flow: saved.flow };
  }

  @Get(':version/changes-to/:other')
  @ApiOperation({ summary: 'What differs between two versions, as data and as sentences' })
  @ApiOkResponse({ type: ComparisonAnswer })
  async compare(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('flowId', ParseUUIDPipe) flowId: string,
    @Param('version', ParseIntPipe) before: number,
    @Param('other', ParseIntPipe) after: number,
  ): Promise<FlowVersionComparison> {
    return this.comparison.compare(workspace, campaignId, flowId, [before, after]);
  }

  @Post(':version/restore')
  @Roles('manager')
  @HttpCode(200)
  @ApiOperation({ summary: 'Saves an old version again, as the newest' })
  @ApiOkResponse({ type: FlowAnswer })
  @ApiPosition()
  @ApiIfMatch()
  async restore(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('flowId', ParseUUIDPipe) flowId: string,
    @Param('version', ParseIntPipe) version: number,
    @IfMatch() seen: SeenState | undefined,
  ): Promise<Written<FlowAnswer>> {
    const now = await this.versions.restore({ caller, request }, campaignId, { flowId, version }, seen);
    return answerOf(now, flowId);
  }
}
