import { parseInstant } from '../../http/instant.js';
import type { CommunicationQuery } from './communication-view.js';
import type { CommunicationsRequest } from './communications-request.js';

type Filter = Omit<CommunicationQuery, 'direction' | 'after' | 'limit'>;

/** What a request asks for, in the form in which rows are searched; the zone is the workspace's. */
export function communicationFilter(
  workspace: string,
  zone: string,
  of: CommunicationQuery['of'],
  { status, code, plannedFrom, plannedBefore, ...request }: CommunicationsRequest,
): Filter {
  const { name, channelType, channelId, agentId, flowId, nodeId } = request;
  return {
    workspace,
    of,
    ...given('statuses', status),
    ...given('codes', code),
    ...given('name', name),
    ...given('channelType', channelType),
    ...given('channelId', channelId?.toLowerCase()),
    ...given('agentId', agentId?.toLowerCase()),
    ...given('flowId', flowId?.toLowerCase()),
    ...given('nodeId', nodeId),
    ...given('plannedFrom', parseInstant(plannedFrom, zone)),
    ...given('plannedBefore', parseInstant(plannedBefore, zone)),
  };
}

function given<Name extends keyof Filter>(name: Name, value: Filter[Name] | undefined): Partial<Filter> {
  return value === undefined ? {} : { [name]: value };
}
