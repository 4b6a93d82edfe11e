import type { CommunicationQuery } from './communication-view.js';
import type { CommunicationsRequest } from './communications-request.js';

type Filter = Omit<CommunicationQuery, 'direction' | 'after' | 'limit'>;

/** What a request asks for, in the form in which rows are searched. */
export function communicationFilter(
  workspace: string,
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
    ...given('plannedFrom', plannedFrom),
    ...given('plannedBefore', plannedBefore),
  };
}

function given<Name extends keyof Filter>(name: Name, value: Filter[Name] | undefined): Partial<Filter> {
  return value === undefined ? {} : { [name]: value };
}
