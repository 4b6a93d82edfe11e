/** The triggers by name; a flow has each at most once. */
export const TRIGGER_TYPES = [
  'participant-created',
  'participant-updated',
  'communication-ended',
  'communication-updated',
  'incoming-session',
  'from-another-flow',
] as const;
export type TriggerType = (typeof TRIGGER_TYPES)[number];

export function isTriggerType(name: string): name is TriggerType {
  return (TRIGGER_TYPES as readonly string[]).includes(name);
}
