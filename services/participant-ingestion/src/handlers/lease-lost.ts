/** Another process holds the lease now; whatever this one still does changes nothing. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** Where work in the background ends early. */
export interface StopSignal {
  readonly aborted: boolean;
}
