import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPosition, type Caller, CurrentCaller, WaitsFor } from '@poinciana/service-kit';
import { Definitions } from '../../definitions/definitions.js';
import { parseInstant } from '../../http/instant.js';
import { CampaignView } from '../campaigns/campaign-view.js';
import { COMMUNICATIONS_GROUP } from '../communications/communications.consumer.js';
import { PARTICIPANTS_GROUP } from '../participants/participants.consumer.js';
import { RUNS_GROUP } from '../runs/runs.consumer.js';
import { ActivityView } from './activity-view.js';
import { CampaignAnalyticsAnswer, ComparisonAnswer, FunnelsAnswer } from './analytics-answers.js';
import {
  AnalyticsRequest,
  CAMPAIGNS_COMPARED_MAX,
  ComparisonRequest,
  FunnelRequest,
  type PeriodRequest,
} from './analytics-requests.js';
import { type CampaignAnalytics, campaignAnalytics, totals } from './campaign-analytics.js';
import { funnels } from './funnel.js';

const FIRST_INSTANT = '0001-01-01T00:00:00.000Z';
const LAST_INSTANT = '9999-12-31T00:00:00.000Z';

/** What happened over time, from roll-ups by the quarter of an hour: they are quick whatever the number of communications. */
@ApiTags('analytics')
@ApiBearerAuth()
@WaitsFor(PARTICIPANTS_GROUP, COMMUNICATIONS_GROUP, RUNS_GROUP)
@Controller()
export class AnalyticsController {
  constructor(
    private readonly activity: ActivityView,
    private readonly campaigns: CampaignView<unknown>,
    private readonly definitions: Definitions,
  ) {}

  @Get('campaigns/:campaignId/analytics')
  @ApiOperation({
    summary:
      'A campaign in a period: participants, volume, outcomes by flow, node, channel and agent, reasons, time to reply',
  })
  @ApiOkResponse({ type: CampaignAnalyticsAnswer })
  @ApiPosition()
  async ofCampaign(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Query() request: AnalyticsRequest,
  ): Promise<CampaignAnalytics> {
    const [campaign, known] = await Promise.all([
      this.definitions.campaign(workspace, campaignId),
      this.definitions.workspace(workspace),
    ]);
    const query = { workspace, campaignIds: [campaignId], ...periodOf(request, known.timeZone) };
    const [points, sums] = await Promise.all([
      this.activity.points(query, request.interval, known.timeZone),
      this.activity.sums(query),
    ]);
    return campaignAnalytics(points, sums, campaign, known);
  }

  @Get('campaigns/:campaignId/funnel')
  @ApiOperation({ summary: 'Each flow by version: how many runs came to each node and took each edge' })
  @ApiOkResponse({ type: FunnelsAnswer })
  @ApiPosition()
  async funnel(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Query() request: FunnelRequest,
  ): Promise<FunnelsAnswer> {
    const { flowId, version } = request;
    const [campaign, { timeZone }] = await Promise.all([
      this.definitions.campaign(workspace, campaignId),
      this.definitions.workspace(workspace),
    ]);
    const visits = await this.activity.visits({
      workspace,
      campaignIds: [campaignId],
      ...periodOf(request, timeZone),
    });
    const own = visits.filter(
      (visit) =>
        (flowId === undefined || visit.flowId === flowId) && (version === undefined || visit.version === version),
    );
    return { items: funnels(own, campaign) };
  }

  @Get('analytics')
  @ApiOperation({ summary: 'Campaigns beside each other, and a period beside another one' })
  @ApiOkResponse({ type: ComparisonAnswer })
  @ApiPosition()
  async compared(
    @CurrentCaller() { workspace }: Caller,
    @Query() request: ComparisonRequest,
  ): Promise<ComparisonAnswer> {
    const { lines } = await this.campaigns.list({
      workspace,
      sort: 'modified',
      direction: 'desc',
      limit: CAMPAIGNS_COMPARED_MAX,
    });
    const named = new Map(lines.map(({ id, name }) => [id, name]));
    const campaignIds = request.campaign?.map((id) => id.toLowerCase()) ?? [...named.keys()];
    const { timeZone } = await this.definitions.workspace(workspace);
    const query = { workspace, campaignIds, ...periodOf(request, timeZone) };
    const against = againstOf(request, timeZone);
    const [points, sums, others] = await Promise.all([
      this.activity.points(query, request.interval, timeZone),
      this.activity.sums(query),
      against === undefined ? undefined : this.activity.sums({ ...query, ...against }),
    ]);
    const ofCampaign = <Cell extends { readonly campaignId: string }>(cells: readonly Cell[], id: string) =>
      cells.filter(({ campaignId }) => campaignId === id);
    const instants = [...new Set(points.map(({ at }) => at))];
    return {
      campaigns: await Promise.all(
        campaignIds.map(async (campaignId) => ({
          campaignId,
          name: named.get(campaignId) ?? (await this.definitions.campaign(workspace, campaignId)).name,
          ...totals(ofCampaign(sums, campaignId)),
          against: others === undefined ? null : totals(ofCampaign(others, campaignId)),
        })),
      ),
      total: totals(sums),
      totalAgainst: others === undefined ? null : totals(others),
      series: instants.map((at) => ({ at, ...totals(points.filter((point) => point.at === at)) })),
    };
  }
}

interface Period {
  readonly from: string;
  readonly before: string;
}

/** Without an offset a period is that of the workspace's zone, as its days are. */
function periodOf({ from, before }: PeriodRequest, zone: string): Period {
  return { from: parseInstant(from, zone) ?? FIRST_INSTANT, before: parseInstant(before, zone) ?? LAST_INSTANT };
}

function againstOf({ againstFrom, againstBefore }: ComparisonRequest, zone: string): Period | undefined {
  if (againstFrom === undefined && againstBefore === undefined) return undefined;
  return {
    from: parseInstant(againstFrom, zone) ?? FIRST_INSTANT,
    before: parseInstant(againstBefore, zone) ?? LAST_INSTANT,
  };
}
