import { PassLoop } from './pass-loop.js';

/** The longest that a lane rests while another one looks out: what a wake at the wrong moment would cost. */
const RELIEF_MS = 1_000;

export interface DueLanesOptions {
  readonly lanes: number;
  /** Works off a batch; calls `claimed` as soon as it has one, and answers how much there was. */
  readonly pass: (claimed: () => void) => Promise<number>;
  /** How long whoever looks out rests when there was nothing, in milliseconds. */
  readonly restMs: () => Promise<number>;
  readonly onTrouble: (error: unknown, isTransient: boolean) => void;
}

/**
 * Lanes that work off what is due side by side. While nothing is, one of them looks out and the others rest: each look costs the
 * database something. Whoever finds a batch wakes the others, and the first that finds nothing more looks out from then on.
 */
export class DueLanes {
  readonly loops: readonly PassLoop[];
  private lookout: number | undefined;

  constructor(private readonly options: DueLanesOptions) {
    const { lanes, onTrouble } = options;
    this.loops = Array.from(
      { length: lanes },
      (_, lane) => new PassLoop({ pass: () => this.pass(lane), restMs: () => this.restMs(lane), onTrouble }),
    );
  }

  /** Something may have become due: whoever looks out looks at once. */
  wake(): void {
    if (this.lookout !== undefined) this.loops[this.lookout]?.wake();
  }

  private pass(lane: number): Promise<number> {
    return this.options.pass(() => {
      if (this.lookout === lane) this.lookout = undefined;
      this.loops.forEach((loop) => loop.wake());
    });
  }

  private async restMs(lane: number): Promise<number> {
    if (this.lookout !== undefined && this.lookout !== lane) return RELIEF_MS;
    this.lookout = lane;
    return this.options.restMs();
  }
}
