export * from './campaign-context.js';
export * from './channels/channel-settings.js';
export * from './communications/communication-status.js';
export * from './communications/reason-codes.js';
export * from './communications/reasons.js';
export { csvLine } from './csv/csv-line.js';
export * from './fields/check-fields.js';
export * from './fields/coerce.js';
export { foldedEmail, isEmailAddress, parsePhone, phoneDigits } from './fields/contact-value.js';
export { DATE_FORMATS, formatInstant, parseDate, parseLocalDatetime, type DateFormat } from './fields/date-value.js';
export * from './fields/field-definition.js';
export { hasUnstorableCharacter, trimWhiteSpace, VALUE_CHARACTERS_MAX } from './fields/text-value.js';
export * from './flow/check-flow.js';
export * from './flow/compare-flows.js';
export * from './flow/describe-comparison.js';
export type { SettingChange } from './flow/compare-settings.js';
export * from './flow/fields-used.js';
export * from './flow/flow.js';
export * from './flow/flow-graph.js';
export * from './flow/parse-flow.js';
export * from './json.js';
export * from './messages/render.js';
export * from './nodes/field-check/index.js';
export * from './nodes/node-type.js';
export { usesBestTime } from './nodes/outbound/best-time.js';
export * from './nodes/outbound/outbound-settings.js';
export * from './nodes/outbound/outbound-message.js';
export * from './nodes/outbound/schedule-settings.js';
export { MESSAGE_VARIABLES_MAX, type MessageVariable } from './nodes/outbound/message-variables.js';
export { fillPlaces, placesOf, type VariableValues } from './nodes/outbound/message-text.js';
export * from './nodes/email-communication/index.js';
export {
  BODY_MAX,
  EMAIL_CHARACTERS_MAX,
  EMAIL_FORMATS,
  SUBJECT_MAX,
  filledEmail,
  type EmailFormat,
  type EmailTemplate,
} from './nodes/email-communication/email-template.js';
export * from './nodes/outbound-message-of.js';
export * from './nodes/python-custom-action/index.js';
export * from './nodes/telegram-communication/index.js';
export * from './nodes/voice-communication/index.js';
export { EXACT_TIME_TOLERANCE_MINUTES, type ExactTime } from './nodes/voice-communication/exact-time.js';
export type { SipParameter } from './nodes/voice-communication/sip-settings.js';
export * from './nodes/registry.js';
export type { Draft, SettingProblem, SettingsReading } from './nodes/settings-reader.js';
export * from './nodes/to-another-flow/index.js';
export * from './nodes/trigger-type.js';
export * from './nodes/update-field/index.js';
export * from './nodes/whatsapp-communication/index.js';
export type { TemplateSettings } from './nodes/whatsapp-communication/template-settings.js';
export * from './problem.js';
export * from './time/civil-date.js';
export * from './time/time-of-day.js';
export { canonicalZone, timeZone, type TimeZone } from './time/time-zone.js';
export * from './values/offset.js';
export * from './values/operator.js';
export * from './values/property.js';
export * from './values/value-source.js';
export * from './examples/payment-reminder.js';
export * from './published/index.js';
