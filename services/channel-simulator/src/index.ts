export { startChannelSimulator, PortInUseError, type ChannelSimulator } from './channel-simulator.js';
export { DEFAULT_SETTINGS, type SimulatorMode, type SimulatorOptions, type SimulatorSettings } from './settings.js';
export {
  DEFAULT_PHRASES,
  DEFAULT_SHARES,
  PERSON_KINDS,
  personOf,
  type PeopleShares,
  type Person,
  type PersonKind,
} from './people/person.js';
export type { SimulatorSummary } from './control/summary.js';
export type { AcceptedMessage, MessageContent, MessageStatus } from './ledger/accepted-message.js';
export { FAULT_KINDS, type FaultKind, type FaultRule, type FaultRuleInForce } from './faults/fault-rule.js';
export { DEFAULT_TEMPLATES, type MessageTemplate } from './whatsapp/template.js';
export type { PairRate } from './whatsapp/send-limits.js';
export type { WaIdRule } from './whatsapp/wa-id.js';
export { signatureOf } from './webhooks/signature.js';
export type { WebhookTarget } from './webhooks/webhook-delivery.js';
