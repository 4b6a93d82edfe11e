import { createRequire } from 'node:module';

/** What is used of the queue of requests that kafkajs keeps for each connection. */
interface RequestQueue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests(): void;
}

let isRepaired = false;

/**
 * kafkajs 2.2.4 looks for waiting requests every millisecond on each connection, whether any wait or not. With this it looks
 * while some do.
 */
export function repairIdleTimer(): void {
  if (isRepaired) return;
  isRepaired = true;
  const queue: { readonly prototype: RequestQueue } = createRequire(import.meta.url)(
    'kafkajs/src/network/requestQueue',
  );
  const schedule = queue.prototype.scheduleCheckPendingRequests;
  queue.prototype.scheduleCheckPendingRequests = function scheduleWhileAnyWait(this: RequestQueue): void {
    if (this.pending.length > 0) schedule.call(this);
  };
}
