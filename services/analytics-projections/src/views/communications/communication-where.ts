import { Where } from '../../storage/where.js';
import { CAMPAIGNS_OF_WORKSPACE } from '../campaigns/campaigns-of-workspace.js';
import type { CommunicationQuery } from './communication-view.js';

/** What the rows must be, whoever they belong to; the first two parameters are the workspace and the owner. */
export function communicationWhere(query: CommunicationQuery): Where {
  const { workspace, of, statuses, codes, name, channelType, channelId, agentId, flowId, nodeId } = query;
  const where = new Where().add('workspace = ?', workspace);
  if (of !== 'workspace' && 'participantId' in of) where.add('participant_id = ?', of.participantId);
  if (of !== 'workspace' && 'campaignId' in of) where.add('campaign_id = ?', of.campaignId);
  return where
    .add('status = ANY(?::text[])', statuses)
    .add('code = ANY(?::text[])', codes)
    .add('name = ?', name)
    .add('channel_type = ?', channelType)
    .add('channel_id = ?', channelId)
    .add('agent_id = ?', agentId)
    .add('flow_id = ?', flowId)
    .add('node_id = ?', nodeId)
    .add('planned_at >= ?', query.plannedFrom)
    .add('planned_at < ?', query.plannedBefore);
}

/**
 * Where the rows come from. Over a whole workspace they are the first of each of its campaigns, each one range of an index, so that
 * no index over all of them need be kept. The workspace is the first parameter.
 */
export function communicationsFrom({ of }: CommunicationQuery, where: string, order: string): string {
  if (of !== 'workspace') return `FROM communication WHERE ${where}`;
  return `FROM (${CAMPAIGNS_OF_WORKSPACE}) AS campaigns
    CROSS JOIN LATERAL (SELECT * FROM communication WHERE campaign_id = own AND ${where} ${order}) AS first`;
}
