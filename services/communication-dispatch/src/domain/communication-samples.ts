import type { CommunicationFacts, CommunicationPersonal } from './communication.js';
import type { PlanCommunication, PlannedFacts } from './communication-commands.js';

/** A communication as tests plan it: due at 09:00, its window over at 18:00, open for a day. */
export const PLANNED_FACTS: PlannedFacts = {
  id: '11111111-1111-4111-8111-111111111111',
  campaignId: '22222222-2222-4222-8222-222222222222',
  participantId: '33333333-3333-4333-8333-333333333333',
  customerId: '44444444-4444-4444-8444-444444444444',
  flowId: '55555555-5555-4555-8555-555555555555',
  flowVersion: 1,
  runId: '66666666-6666-4666-8666-666666666666',
  nodeId: 'reminder',
  name: 'PAYMENT_REMINDER',
  agentId: '77777777-7777-4777-8777-777777777777',
  channelId: '88888888-8888-4888-8888-888888888888',
  channelType: 'whatsapp',
  sendAt: '2026-03-02T09:00:00.000Z',
  windowEnd: '2026-03-02T18:00:00.000Z',
  durationMs: 24 * 60 * 60 * 1_000,
  timing: { code: 'at_window_start', zone: 'UTC', day: '2026-03-02', from: '09:00', to: '18:00', hours: 'node' },
  templateName: 'payment_reminder',
  templateLanguage: 'en',
  plannedAt: '2026-03-01T12:00:00.000Z',
  life: 1,
  hop: 0,
};

export const PERSONAL: CommunicationPersonal = {
  address: '491512345678',
  templateVariables: { name: 'Ada', amount: '10' },
  customerContext: {},
  results: {},
};

export const PLAN: PlanCommunication = {
  type: 'PlanCommunication',
  facts: PLANNED_FACTS,
  personal: PERSONAL,
  at: '2026-03-01T12:00:00.000Z',
};

/** The facts right after it was planned. */
export const FACTS: CommunicationFacts = { ...PLANNED_FACTS, status: 'Planned', attempts: 0, silent: false };
