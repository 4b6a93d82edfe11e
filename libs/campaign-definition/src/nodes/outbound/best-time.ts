import type { Flow } from '../../flow/flow.js';
import type { CommunicationHours } from './schedule-settings.js';

/** Whether a node of a flow leaves its hours to Best time to contact ([C]5), whatever else is to be said of the flow. */
export function usesBestTime({ nodes }: Flow): boolean {
  return nodes.some(
    ({ settings }) => (settings['hours'] as Partial<CommunicationHours> | null | undefined)?.mode === 'best',
  );
}
