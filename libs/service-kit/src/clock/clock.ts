/** The only source of the time of day in a service. Waits and time-outs are measured by timers instead, which no clock moves. */
export interface Clock {
  now(): Date;
}

/** The machine's time. */
export class SystemClock implements Clock {
  now(): Date {
    return new Date();
  }
}

/** A clock that stands still until somebody sets it: for tests, and for a standalone that was started with a test clock. */
export class TestClock implements Clock {
  private readonly listeners = new Set<(now: Date) => void>();
  private instant: Date;

  constructor(start: Date) {
    this.instant = new Date(start);
  }

  now(): Date {
    return new Date(this.instant);
  }

  /** Forwards or backwards; whoever listens is told at once. */
  set(instant: Date): void {
    this.instant = new Date(instant);
    for (const listener of this.listeners) listener(this.now());
  }

  /** Calls back after each `set`. Returns how to stop listening. */
  onSet(listener: (now: Date) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
