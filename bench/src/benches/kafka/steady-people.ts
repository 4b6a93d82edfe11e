import { setTimeout as pause } from 'node:timers/promises';
import type { BenchApi } from '../end-to-end/bench-api.js';
import { BenchCampaign } from '../end-to-end/bench-campaign.js';

const DAY_MS = 24 * 60 * 60 * 1_000;
const DUE_IN_DAYS = 60;
const REQUEST_EVERY_MS = 100;
const MS_A_SECOND = 1_000;

export interface SteadyWishes {
  /** Of the campaign. */
  readonly name: string;
  readonly peopleASecond: number;
  readonly firstPhone: number;
}

/** Adds people at a steady rate through the API, whether earlier requests were answered or not, until it is stopped. */
export class SteadyPeople {
  private readonly requests: Promise<unknown>[] = [];
  private added = 0;
  private isOver = false;
  private readonly work: Promise<void>;

  private constructor(
    private readonly campaign: BenchCampaign,
    private readonly peopleASecond: number,
    private readonly firstPhone: number,
  ) {
    this.work = this.keepAdding();
  }

  /** `firstPhone` is the number of the first of them behind +346, so that people of two campaigns are not the same. */
  static async begin(api: BenchApi, { name, peopleASecond, firstPhone }: SteadyWishes): Promise<SteadyPeople> {
    const campaign = await BenchCampaign.define(api, name);
    await campaign.start();
    return new SteadyPeople(campaign, peopleASecond, firstPhone);
  }

  /** Ends, and waits until every request was answered and everybody is planned for. Throws when one was refused. */
  async stop(): Promise<void> {
    this.isOver = true;
    await this.work;
    await Promise.all(this.requests);
    await this.campaign.untilPlanned(this.added);
  }

  private async keepAdding(): Promise<void> {
    const began = performance.now();
    while (!this.isOver) {
      const due = Math.floor(((performance.now() - began) / MS_A_SECOND) * this.peopleASecond) - this.added;
      if (due > 0) this.requests.push(this.campaign.add(Array.from({ length: due }, () => this.person())));
      await pause(REQUEST_EVERY_MS);
    }
  }

  private person(): { readonly attributes: object } {
    this.added += 1;
    const { id } = this.campaign;
    return {
      attributes: {
        external_id: `${id}-${this.added}`,
        name: `Person ${this.added}`,
        phone: `+346${String(this.firstPhone + this.added).padStart(8, '0')}`,
        is_payment_received: false,
        due_date: new Date(Date.now() + DUE_IN_DAYS * DAY_MS).toISOString().slice(0, 10),
        amount: '12.50',
      },
    };
  }
}
