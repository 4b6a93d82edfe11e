import { setTimeout as delay } from 'node:timers/promises';
import { type ChannelSimulator, startChannelSimulator } from '@poinciana/channel-simulator';
import { demoSimulator } from '../src/demo/run-demo.js';
import { StandaloneProcess } from './standalone-process.js';

/** Long enough that nobody's answer comes after the end of its conversation, though the process is away for a while. */
const DURATION_SECONDS = 90;
/** How long proof of a send whose outcome a kill made unknown is awaited. */
const SETTLE_SECONDS = 20;
const LOOKS_MAX = 3_000;
const LOOK_MS = 200;

/** What the simulator counted. */
export interface Accepted {
  readonly accepted: number;
  /** The most often that one communication was accepted. */
  readonly acceptedPerCommunicationMax: number;
  readonly communicationsAcceptedMoreThanOnce: number;
  /** Messages that people wrote. */
  readonly inbound: number;
}

/** The real process with its demo, and the people of the demo in a simulator that lives on whatever becomes of it. */
export class DemoRun {
  private constructor(
    readonly simulator: ChannelSimulator,
    readonly standalone: StandaloneProcess,
  ) {}

  static async create(): Promise<DemoRun> {
    const simulator = await startChannelSimulator(demoSimulator(0));
    const standalone = new StandaloneProcess({
      POINCIANA_DEMO_SIMULATOR_URL: simulator.url,
      POINCIANA_DEMO_DURATION_SECONDS: String(DURATION_SECONDS),
      POINCIANA_DISPATCH_SETTLE_SECONDS: String(SETTLE_SECONDS),
    });
    return new DemoRun(simulator, standalone);
  }

  /** Waits until the process has said something; throws what it said when it does not. */
  async untilSaid(what: RegExp): Promise<string> {
    for (let look = 1; look <= LOOKS_MAX; look++) {
      if (what.test(this.standalone.output)) return this.standalone.output;
      if (/Demo: it ended early/.test(this.standalone.output)) break;
      await delay(LOOK_MS);
    }
    throw new Error(`The demo did not say ${what.source}: ${this.standalone.output.slice(-2_000)}`);
  }

  async accepted(): Promise<Accepted> {
    const response = await fetch(`${this.simulator.url}/control/summary`);
    const summary = (await response.json()) as Accepted;
    const { accepted, acceptedPerCommunicationMax, communicationsAcceptedMoreThanOnce, inbound } = summary;
    return { accepted, acceptedPerCommunicationMax, communicationsAcceptedMoreThanOnce, inbound };
  }

  async end(): Promise<void> {
    await this.standalone.remove();
    await this.simulator.stop();
  }
}

/** The tables that the demo prints at its end, up to the reasons, without what belongs to one run alone. */
export function tablesOf(output: string): string {
  const [, tables = ''] = /\nRows\n([\s\S]*?)\nReasons\n/.exec(output) ?? [];
  return tables;
}
