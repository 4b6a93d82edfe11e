import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPosition, type Caller, CurrentCaller, WaitsFor } from '@poinciana/service-kit';
import { type PageAnswer, pageAnswer } from '../../http/page-answer.js';
import { pagingOf } from '../../http/page-request.js';
import { type CampaignLine, CampaignView } from './campaign-view.js';
import { CAMPAIGNS_GROUP } from './campaigns.consumer.js';
import { CampaignPageAnswer } from './campaigns-answers.js';
import { CampaignsRequest } from './campaigns-request.js';

@ApiTags('campaigns')
@ApiBearerAuth()
@Controller('campaigns')
export class CampaignsController {
  constructor(private readonly view: CampaignView<unknown>) {}

  @Get()
  @WaitsFor(CAMPAIGNS_GROUP)
  @ApiOperation({ summary: 'The campaigns of the workspace, page by page' })
  @ApiOkResponse({ type: CampaignPageAnswer })
  @ApiPosition()
  async campaigns(
    @CurrentCaller() caller: Caller,
    @Query() request: CampaignsRequest,
  ): Promise<PageAnswer<CampaignLine>> {
    const { q = '', status, sort } = request;
    const page = await this.view.list({
      workspace: caller.workspace,
      ...(q.trim() === '' ? {} : { text: q.trim() }),
      ...(status === undefined ? {} : { statuses: status }),
      ...pagingOf(request, 'instant'),
      sort,
    });
    return pageAnswer(page, request, (last) => ({
      value: sort === 'created' ? last.createdAt : last.modifiedAt,
      id: last.id,
    }));
  }
}
