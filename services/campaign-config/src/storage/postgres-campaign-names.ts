import { TransientError } from '@poinciana/event-sourcing';
import { CampaignNames, type NameReservation } from './campaign-names.js';
import type { PrismaClient } from './prisma-client/client.js';

/** How often a reservation is tried again when its holder lets go in the very moment. */
const RESERVE_ATTEMPTS_MAX = 5;

/** Reservations in the service's own schema, their age by the database's clock. */
export class PostgresCampaignNames extends CampaignNames {
  constructor(private readonly prisma: PrismaClient) {
    super();
  }

  override async reserve(workspace: string, foldedName: string, campaignId: string): Promise<NameReservation> {
    for (let attempt = 1; attempt <= RESERVE_ATTEMPTS_MAX; attempt++) {
      await this.prisma.campaignName.createMany({ data: { workspace, foldedName, campaignId }, skipDuplicates: true });
      const held = await this.find(workspace, foldedName);
      if (held !== undefined) return held;
    }
    throw new TransientError('The name is being reserved and freed by others all the time');
  }

  override async find(workspace: string, foldedName: string): Promise<NameReservation | undefined> {
    const [held] = await this.prisma.$queryRaw<{ campaignId: string; ageMs: number }[]>`
      SELECT campaign_id AS "campaignId",
             (extract(epoch FROM clock_timestamp() - reserved_at) * 1000)::float8 AS "ageMs"
      FROM campaign_name WHERE workspace = ${workspace}::uuid AND folded_name = ${foldedName}`;
    return held;
  }

  override async takeOver(workspace: string, foldedName: string, from: string, to: string): Promise<boolean> {
    const taken = await this.prisma.$executeRaw`
      UPDATE campaign_name SET campaign_id = ${to}::uuid, reserved_at = clock_timestamp()
      WHERE workspace = ${workspace}::uuid AND folded_name = ${foldedName} AND campaign_id = ${from}::uuid`;
    return taken === 1;
  }

  override async releaseOthers(workspace: string, campaignId: string, keptName: string | undefined): Promise<void> {
    const others = keptName === undefined ? {} : { foldedName: { not: keptName } };
    await this.prisma.campaignName.deleteMany({ where: { workspace, campaignId, ...others } });
  }
}
