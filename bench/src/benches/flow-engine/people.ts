import { DAY_MS, formatDay } from '@poinciana/campaign-definition';
import type { ParticipantState } from '@poinciana/flow-engine';

export const NOW = '2026-11-21T12:00:00.000Z';
const TODAY = Math.floor(Date.parse(NOW) / DAY_MS);
const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/Sao_Paulo'];
const DUE_DAYS = 20;
/** One in so many has paid. */
const PAID_EVERY = 10;

/** People of five zones, due from five days ago to two weeks from now, some of whom have paid. */
export function people(count: number): readonly ParticipantState[] {
  return Array.from({ length: count }, (_, index) => ({
    values: {
      external_id: `c${index}`,
      name: `Person ${index}`,
      phone: String(491_510_000_000 + index),
      amount: index % 1_000,
      is_payment_received: index % PAID_EVERY === 0,
      due_date: formatDay(TODAY - 5 + (index % DUE_DAYS)),
    },
    zone: ZONES[index % ZONES.length] ?? 'UTC',
    openCommunications: [],
    sentNames: [],
  }));
}
