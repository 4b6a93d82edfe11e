import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPosition, type Caller, CurrentCaller, WaitsFor } from '@poinciana/service-kit';
import { parseCursor } from '../../http/cursor.js';
import { type PageAnswer, pageAnswer } from '../../http/page-answer.js';
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
    const { q = '', status, sort, direction, after, limit } = request;
    const page = await this.view.list({
      workspace: caller.workspace,
      ...(q.trim() === '' ? {} : { text: q.trim() }),
      ...(status === undefined ? {} : { statuses: status }),
      ...(after === undefined ? {} : { after: parseCursor(after, 'instant') }),
      sort,
      direction,
      limit: limit + 1,
    });
    return pageAnswer(page, limit, (last) => ({
      value: sort === 'created' ? last.createdAt : last.modifiedAt,
      id: last.id,
    }));
  }
}
