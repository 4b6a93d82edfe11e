import { setTimeout as delay } from 'node:timers/promises';
import type { Address } from './campaign-client.js';
import { CampaignClient } from './campaign-client.js';
import { CampaignLoad } from './campaign-load.js';
import { auditFindings } from './log-audit.js';
import { RunningDatabase } from './running-database.js';
import { SeededRandom } from './seeded-random.js';
import type { StandaloneProcess } from './standalone-process.js';

/** What is killed, with SIGKILL. */
export type Victim = 'process' | 'process and database' | 'database' | 'starting process';

export interface KillCampaignSettings {
  readonly standalone: StandaloneProcess;
  readonly victims: readonly Victim[];
  readonly seed: number;
  readonly clients: number;
}

/** What happened, and everything that is wrong. */
export interface KillCampaignReport {
  readonly findings: readonly string[];
  readonly kills: Readonly<Record<Victim, number>>;
  readonly acknowledged: number;
  readonly refused: number;
  readonly unknown: number;
  readonly retries: number;
  readonly reads: number;
  readonly events: number;
}

const WORKSPACES = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'] as const;
const CONTESTED_NAMES = ['Spring', 'Summer', 'Autumn', 'Winter'];
/** The longest time from the moment a process is ready, or from the start of one, to its end. */
const KILLED_WITHIN_MS = 1_500;
const STARTING_KILLED_WITHIN_MS = 2_500;

/**
 * Starts the real program, lets clients work, kills at a random moment, starts again, waits until every client has its answer,
 * looks at log and view; once for each victim. The seed decides what is done and when, not how it meets in time.
 */
export class KillCampaign {
  private readonly random: SeededRandom;
  private readonly address: Address = { url: '' };
  private readonly kills = { process: 0, 'process and database': 0, database: 0, 'starting process': 0 };
  private readonly findings: string[] = [];
  private clients: readonly CampaignClient[] = [];
  private loads: readonly CampaignLoad[] = [];
  private events = 0;

  constructor(private readonly settings: KillCampaignSettings) {
    this.random = new SeededRandom(settings.seed);
  }

  async run(): Promise<KillCampaignReport> {
    await this.start();
    await this.gather();
    for (const victim of this.settings.victims) {
      await this.cycle(victim);
      if (this.findings.length > 0) break;
    }
    return this.report();
  }

  private async cycle(victim: Victim): Promise<void> {
    let isOver = false;
    const working = this.loads.map((load) => load.work(() => isOver));
    try {
      await delay(this.random.below(KILLED_WITHIN_MS));
      await this.kill(victim);
    } finally {
      isOver = true;
    }
    await Promise.all(working);
    await this.audit(victim);
  }

  private async kill(victim: Victim): Promise<void> {
    const { standalone } = this.settings;
    this.kills[victim] += 1;
    const database = standalone.databasePid();
    if (victim === 'database' || victim === 'process and database') process.kill(Number(database), 'SIGKILL');
    if (victim === 'database') return standalone.untilReady(this.address.url, database);
    await standalone.end('SIGKILL');
    if (victim === 'starting process') await this.killStarting();
    await this.start();
  }

  private async killStarting(): Promise<void> {
    const { standalone } = this.settings;
    const starting = standalone.launch('--port', '0', '--no-demo');
    await delay(this.random.below(STARTING_KILLED_WITHIN_MS));
    await standalone.end('SIGKILL');
    await starting;
  }

  private async start(): Promise<void> {
    this.address.url = await this.settings.standalone.start('--no-demo');
  }

  /** Half of the clients are at home in another workspace, where the same names are free. */
  private async gather(): Promise<void> {
    const { standalone, clients, seed } = this.settings;
    for (let number = 0; number < clients; number += 1) {
      const workspace = number % 2 === 0 ? WORKSPACES[0] : WORKSPACES[1];
      const { authorization } = await standalone.authorization('manager', workspace);
      const client = new CampaignClient(this.address, authorization);
      const random = new SeededRandom(seed + number + 1);
      this.clients = [...this.clients, client];
      this.loads = [...this.loads, new CampaignLoad({ client, random, workspace, contestedNames: CONTESTED_NAMES })];
    }
  }

  /** After every client has its answer, and the view everything that the log has. */
  private async audit(victim: Victim): Promise<void> {
    const database = new RunningDatabase(this.settings.standalone.dataDir);
    try {
      const { last } = await database.numbering();
      await this.clients[0]?.campaignsNamed(CONTESTED_NAMES[0] ?? '', last);
      const found = await auditFindings(database, { sent: this.loads.flatMap(({ sent }) => sent) });
      const told = [
        ...found,
        ...this.clients.flatMap(({ faults }) => faults),
        ...this.loads.flatMap(({ findings }) => findings),
      ];
      this.findings.push(...told.map((finding) => `After a kill of the ${victim}: ${finding}`));
      this.events = last;
    } finally {
      await database.close();
    }
  }

  private report(): KillCampaignReport {
    const sent = this.loads.flatMap((load) => load.sent);
    const count = (wanted: string): number => sent.filter(({ outcome }) => outcome.outcome === wanted).length;
    return {
      findings: this.findings,
      kills: this.kills,
      acknowledged: count('acknowledged'),
      refused: count('refused'),
      unknown: count('unknown'),
      retries: this.clients.reduce((sum, { retries }) => sum + retries, 0),
      reads: this.loads.reduce((sum, { reads }) => sum + reads, 0),
      events: this.events,
    };
  }
}

/** What was done, for whoever watches. */
export function summaryOf(seed: number, report: KillCampaignReport): string {
  const { kills, acknowledged, refused, unknown, retries, reads, events } = report;
  const killed = Object.entries(kills).flatMap(([victim, count]) => (count === 0 ? [] : [`${count} × ${victim}`]));
  return `seed ${seed}: killed ${killed.join(', ')}; commands: ${acknowledged} acknowledged, ${refused} refused, ${unknown} of unknown outcome, ${retries} sent again; ${reads} reads that waited; ${events} events\n`;
}
