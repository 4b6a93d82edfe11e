import type { EventContext } from '@poinciana/event-sourcing';
import type { Caller, Clock, RequestIdentity } from '@poinciana/service-kit';

/** Who asks, and by which request. */
export interface Asking {
  readonly caller: Caller;
  readonly request: RequestIdentity;
}

/** The envelope of what a request of a person causes: an outside event, hop 0. */
export function contextOf({ caller, request }: Asking, clock: Clock, key: string): EventContext {
  return {
    workspace: caller.workspace,
    key,
    time: clock.now().toISOString(),
    causation: request.causation,
    correlation: request.correlation,
    actor: `user:${caller.subject}`,
    hop: 0,
  };
}
