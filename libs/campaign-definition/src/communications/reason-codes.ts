/** What a coded reason speaks of. */
export type ReasonSubject = 'skip' | 'noResponse' | 'failure' | 'cancellation' | 'delay' | 'run' | 'noPlan';

/** Every code that says why something was not sent, ended, waits or was cut ([C]9). The one list. */
export const REASONS = {
  no_address: 'skip',
  no_base_date: 'skip',
  no_template_value: 'skip',
  message_too_long: 'skip',
  window_passed: 'skip',
  window_missed: 'skip',
  suppressed: 'skip',
  outside_service_window: 'skip',
  already_in_progress: 'noPlan',
  already_sent: 'noPlan',
  canceled_by_flow: 'cancellation',
  canceled_by_user: 'cancellation',
  participant_deleted: 'cancellation',
  campaign_deleted: 'cancellation',
  outcome_unknown: 'failure',
  invalid_address: 'failure',
  recipient_blocked: 'failure',
  recipient_opted_out: 'failure',
  recipient_unreachable: 'failure',
  message_refused: 'failure',
  template_refused: 'failure',
  mailbox_full: 'failure',
  policy_refused: 'failure',
  channel_refused: 'failure',
  channel_stopped: 'failure',
  attempts_used_up: 'failure',
  delivery_expired: 'failure',
  agent_failed: 'failure',
  call_failed: 'failure',
  line_busy: 'noResponse',
  no_answer: 'noResponse',
  call_rejected: 'noResponse',
  answering_machine: 'noResponse',
  rate_limited: 'delay',
  provider_busy: 'delay',
  provider_unreachable: 'delay',
  provider_unresponsive: 'delay',
  awaiting_proof: 'delay',
  outcome_unknown_retry: 'delay',
  chain_too_long: 'run',
  too_many_runs: 'run',
  target_flow_inactive: 'run',
  taken_as_active: 'run',
  already_visited: 'run',
  invalid_value: 'run',
  invalid_result: 'run',
  node_not_ready: 'run',
  participant_too_large: 'run',
  run_too_large: 'run',
  python_error: 'run',
  python_timeout: 'run',
  python_result: 'run',
  python_unavailable: 'run',
} as const satisfies Record<string, ReasonSubject>;
export type ReasonCode = keyof typeof REASONS;

export const REASON_CODES = Object.keys(REASONS) as readonly ReasonCode[];

export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(REASONS, code);
}
