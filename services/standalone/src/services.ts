import { analyticsProjections } from '@poinciana/analytics-projections';
import { campaignConfig } from '@poinciana/campaign-config';
import { communicationDispatch } from '@poinciana/communication-dispatch';
import { flowExecution } from '@poinciana/flow-execution';
import { participantIngestion } from '@poinciana/participant-ingestion';
import type { ServiceDefinition } from '@poinciana/service-kit';

/** Every service that runs in this process, in the order in which their pages are listed. */
export const services: readonly ServiceDefinition[] = [
  campaignConfig,
  participantIngestion,
  flowExecution,
  communicationDispatch,
  analyticsProjections,
];
