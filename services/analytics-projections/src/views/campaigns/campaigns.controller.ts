import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPosition, type Caller, CurrentCaller, WaitsFor } from '@poinciana/service-kit';
import { formatCursor, parseCursor } from '../../http/cursor.js';
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
  async campaigns(@CurrentCaller() caller: Caller, @Query() request: CampaignsRequest): Promise<CampaignPageAnswer> {
    const { q, status, sort, direction, after, limit } = request;
    const { lines: found, total } = await this.view.list({
      workspace: caller.workspace,
      ...(q === undefined || q.trim() === '' ? {} : { text: q.trim() }),
      ...(status === undefined ? {} : { statuses: status }),
      ...(after === undefined ? {} : { after: parseCursor(after) }),
      sort,
      direction,
      limit: limit + 1,
    });
    const lines = found.slice(0, limit);
    const last = lines.at(-1);
    if (last === undefined || found.length <= limit) return { items: lines, total };
    return { items: lines, total, next: formatCursor({ instant: instantOf(last, sort), id: last.id }) };
  }
}

function instantOf(line: CampaignLine, sort: CampaignsRequest['sort']): string {
  return sort === 'created' ? line.createdAt : line.modifiedAt;
}
