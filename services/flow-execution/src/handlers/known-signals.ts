import type { Clock } from '@poinciana/service-kit';
import { type WorkspaceSignals, firstSignalDay } from '../domain/contact-hours.js';
import type { ContactHours } from '../storage/contact-hours.js';

/** How long an answer counts: habits do not change within a minute. */
const FRESH_MS = 60_000;
/** Workspaces whose habits are kept. */
const WORKSPACES_MAX = 1_000;

interface Known {
  readonly signals: WorkspaceSignals;
  readonly readAt: number;
}

/** When people of a workspace read or reply, read at most once a minute; a plan records the hours that it was given. */
export class KnownSignals {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly hours: Pick<ContactHours<unknown>, 'of'>,
    private readonly clock: Clock,
  ) {}

  async of(workspace: string): Promise<WorkspaceSignals> {
    const now = this.clock.now();
    const known = this.known.get(workspace);
    if (known !== undefined && Math.abs(now.getTime() - known.readAt) < FRESH_MS) return known.signals;
    const signals = await this.hours.of(workspace, firstSignalDay(now));
    this.known.delete(workspace);
    this.known.set(workspace, { signals, readAt: now.getTime() });
    for (const oldest of this.known.keys()) {
      if (this.known.size <= WORKSPACES_MAX) break;
      this.known.delete(oldest);
    }
    return signals;
  }
}
