import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Logger } from '@nestjs/common';
import { TestClock, type Clock } from '@poinciana/service-kit';
import type { WebhookAgent } from '../agents/webhook-agent.js';
import type { ChannelAdapters } from '../channels/channel-adapters.js';
import type { AskAgents } from '../handlers/ask-agents.js';
import type { WorkOffDue } from '../handlers/work-off-due.js';
import type { WorkOffInbox } from '../handlers/work-off-inbox.js';
import type { WorkOffSessions } from '../handlers/work-off-sessions.js';
import type { Inbox } from '../storage/inbox.js';
import type { Senders } from '../storage/senders.js';
import type { Timers } from '../storage/timers.js';
import { DueLanes } from './due-lanes.js';
import { PassLoop } from './pass-loop.js';

/** How often it is looked what is old enough to be forgotten, and how much at once. */
const FORGET_EVERY_MS = 60_000;
const FORGET_MAX = 5_000;
/** How often it is looked whether time does something to a session: it speaks of minutes. */
const SESSIONS_EVERY_MS = 1_000;
/** How long a lane rests that found nothing, although something is due: asking at once again would only cost those who work on it. */
const HELD_REST_MS = 20;

export interface WorkerParts<Transaction> {
  readonly clock: Clock;
  readonly due: WorkOffDue<Transaction>;
  readonly inboxWork: WorkOffInbox<Transaction>;
  readonly sessionWork: WorkOffSessions<Transaction>;
  readonly timers: Timers<Transaction>;
  readonly inbox: Inbox;
  readonly senders: Senders;
  readonly asking: AskAgents<Transaction>;
  readonly channels: ChannelAdapters;
  readonly outside: WebhookAgent;
  readonly lanes: number;
  /** The longest rest: what another process did is noticed after it at the latest. */
  readonly pollMs: number;
}

/** The loops of a process: several lanes that work off what is due, one that works off the inbox, one
 * that looks after sessions, one that asks agents outside, one that tidies. */
export class DispatchWorkers<Transaction> implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('communication-dispatch');
  private readonly loops: readonly PassLoop[];
  private readonly dueLanes: DueLanes;
  private readonly inboxLoop: PassLoop;
  private stopListening: () => void = () => undefined;

  constructor(private readonly parts: WorkerParts<Transaction>) {
    const { clock, due, inboxWork, sessionWork, asking, inbox, senders, lanes, pollMs } = parts;
    const onTrouble = (error: unknown, isTransient: boolean): void => this.report(error, isTransient);
    this.dueLanes = new DueLanes({
      lanes,
      pass: (claimed) => due.pass(claimed),
      restMs: () => this.restUntilDue(),
      onTrouble,
    });
    this.inboxLoop = new PassLoop({ pass: () => inboxWork.pass(), restMs: async () => pollMs, onTrouble });
    const tidying = new PassLoop({
      pass: async () =>
        (await inbox.forgetOld(FORGET_MAX)) + (await senders.forgetErased(clock.now().toISOString(), FORGET_MAX)),
      restMs: async () => FORGET_EVERY_MS,
      onTrouble,
    });
    const sessions = new PassLoop({ pass: () => sessionWork.pass(), restMs: async () => SESSIONS_EVERY_MS, onTrouble });
    const agents = new PassLoop({ pass: () => asking.pass(), restMs: async () => pollMs, onTrouble });
    this.loops = [...this.dueLanes.loops, this.inboxLoop, sessions, agents, tidying];
  }

  onApplicationBootstrap(): void {
    const { clock } = this.parts;
    // A clock that is set makes things due at once.
    if (clock instanceof TestClock) this.stopListening = clock.onSet(() => this.loops.forEach((loop) => loop.wake()));
    this.loops.forEach((loop) => loop.start());
  }

  /** Finishes what is under way: a call whose answer nobody stores would be an unknown outcome. */
  async onApplicationShutdown(): Promise<void> {
    this.stopListening();
    this.parts.due.stop();
    await Promise.all(this.loops.map((loop) => loop.stop()));
    await this.parts.channels.close();
    await this.parts.outside.close();
  }

  /** Plans were stored, or campaigns that now run. */
  wakeDue(): void {
    this.dueLanes.wake();
  }

  /** Something was stored in the inbox. */
  wakeInbox(): void {
    this.inboxLoop.wake();
  }

  private async restUntilDue(): Promise<number> {
    const { timers, clock, pollMs } = this.parts;
    const next = await timers.nextDueAt();
    if (next === undefined) return pollMs;
    const untilDueMs = Date.parse(next) - clock.now().getTime();
    // Due, and not to be had just now: somebody works on it, or a channel is busy.
    return Math.min(pollMs, untilDueMs > 0 ? untilDueMs : HELD_REST_MS);
  }

  private report(error: unknown, isTransient: boolean): void {
    const name = error instanceof Error ? error.name : 'unknown';
    if (isTransient) this.logger.warn({ error: name }, 'Something that dispatch needs is away');
    else this.logger.error({ error: name, err: error }, 'A pass of dispatch failed');
  }
}
