/** The ten statuses; [C]7. */
export const COMMUNICATION_STATUSES = [
  'Planned',
  'Started',
  'Delivered',
  'Read',
  'Replied',
  'Completed',
  'NoResponse',
  'Canceled',
  'Skipped',
  'Failed',
] as const;
export type CommunicationStatus = (typeof COMMUNICATION_STATUSES)[number];

/** The groups of the Participants tab. Replied is still open, and counts as successful. */
export const STATUS_GROUPS = {
  inProgress: ['Planned', 'Started', 'Delivered', 'Read'],
  successful: ['Replied', 'Completed'],
  notCompleted: ['NoResponse', 'Canceled', 'Skipped', 'Failed'],
} as const satisfies Record<string, readonly CommunicationStatus[]>;
export type StatusGroup = keyof typeof STATUS_GROUPS;

export const STATUS_GROUP_TITLES: Readonly<Record<StatusGroup, string>> = {
  inProgress: 'In progress',
  successful: 'Successful',
  notCompleted: 'Not completed',
};

/** The statuses that end a communication and fire Communication Ended. */
export const FINAL_STATUSES: readonly CommunicationStatus[] = [
  'Completed',
  'NoResponse',
  'Failed',
  'Canceled',
  'Skipped',
];

/** The statuses that fire Communication Updated; Planned fires nothing ([W]3). */
export const UPDATING_STATUSES: readonly CommunicationStatus[] = ['Started', 'Delivered', 'Read', 'Replied'];

export function isFinalStatus(status: CommunicationStatus): boolean {
  return FINAL_STATUSES.includes(status);
}

export function statusGroup(status: CommunicationStatus): StatusGroup {
  if ((STATUS_GROUPS.inProgress as readonly string[]).includes(status)) return 'inProgress';
  return status === 'Replied' || status === 'Completed' ? 'successful' : 'notCompleted';
}

/** How far an open communication is, for "only forward"; final statuses stand behind every open one. */
export function statusRank(status: CommunicationStatus): number {
  return isFinalStatus(status) ? FINAL_RANK : COMMUNICATION_STATUSES.indexOf(status);
}
const FINAL_RANK = 5;
