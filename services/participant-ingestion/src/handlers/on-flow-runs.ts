import { DomainError, type StoredEvent } from '@poinciana/event-sourcing';
import { type FieldPlan, planFields } from '@poinciana/participant-file';
import { groupedBy } from '../domain/grouped.js';
import type { ItemOutcome } from '../domain/item-outcome.js';
import { originsOfRuns } from '../domain/item-origin.js';
import { inRoundsByCustomer, itemOfRun, type RunEffects, runEffectsOf } from '../domain/run-effects.js';
import { BATCH_ITEMS_MAX, type ItemBatch } from './item-batch.js';
import type { KnownCampaigns } from './known-campaigns.js';
import type { ResolveCustomers } from './resolve-customers.js';
import type { UpsertParticipants } from './upsert-participants.js';

const GONE: ReadonlySet<string> = new Set(['participant_gone', 'customer_erased']);

/**
 * Update Field comes back through the one path of all doors: the values a run gave become those of the participant and her
 * customer, one event a run (A45). The engine has coerced them, so nothing refuses them but that the participant was deleted.
 * Runs of one customer are written one after the other, so that a repeated batch finds what it wrote whatever it is cut into.
 */
export class OnFlowRuns {
  constructor(
    private readonly campaigns: KnownCampaigns,
    private readonly resolveCustomers: ResolveCustomers,
    private readonly upserts: UpsertParticipants,
  ) {}

  async handle(events: readonly StoredEvent[]): Promise<void> {
    const effects = events.flatMap(runEffectsOf);
    if (effects.length === 0) return;
    const known = await this.campaigns.known(effects.map(({ run }) => run.campaignId));
    const plans = new Map([...known].map(([id, { fields }]) => [id, planFields(fields)]));
    for (const round of inRoundsByCustomer(effects)) {
      const byCampaign = groupedBy(round, ({ run }) => run.campaignId);
      for (const [campaignId, ofCampaign] of byCampaign) await this.apply(ofCampaign, plans.get(campaignId));
    }
  }

  private async apply(effects: readonly RunEffects[], plan: FieldPlan | undefined): Promise<void> {
    if (plan === undefined) return;
    for (let from = 0; from < effects.length; from += BATCH_ITEMS_MAX)
      await this.write(effects.slice(from, from + BATCH_ITEMS_MAX), plan);
  }

  private async write(effects: readonly RunEffects[], plan: FieldPlan): Promise<void> {
    const [first] = effects;
    if (first === undefined) return;
    const { workspace } = first.event;
    const items = effects.map((effect, number) => itemOfRun(effect, number, plan));
    const customerOf = (number: number) => effects[number]?.run.customerId ?? '';
    await this.resolveCustomers.claimFor(
      workspace,
      items.map(({ keys, number }) => ({ customerId: customerOf(number), keys })),
    );
    const runs = effects.map(({ event, run }) => ({ event, runId: run.id }));
    const batch: ItemBatch = {
      workspace,
      campaignId: first.run.campaignId,
      plan,
      zone: 'UTC',
      items,
      origins: originsOfRuns(runs),
      mayBeRepeated: true,
    };
    const resolved = effects.map(({ run }, at) => {
      const { customerId, participantId, life = 1 } = run;
      return {
        item: items[at] ?? itemOfRun(effects[at] ?? first, at, plan),
        customerId,
        participantId,
        life,
        warnings: [],
      };
    });
    const { outcomes } = await this.upserts.write({ batch, resolved, newcomers: new Set() });
    outcomes.forEach(assertTaken);
  }
}

/** Whoever is gone takes nothing any more; what is too large is left to somebody who looks. */
function assertTaken(outcome: ItemOutcome): void {
  const problem = outcome.outcome === 'failed' ? outcome.problems[0] : undefined;
  if (problem === undefined || GONE.has(problem.code)) return;
  throw new DomainError('participant_too_large', problem.reason, 'tooLarge');
}
