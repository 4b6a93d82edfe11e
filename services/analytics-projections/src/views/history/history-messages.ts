import type { MessageCatalogue } from '@poinciana/campaign-definition';

/** What happened to a participant, in English. */
export const HISTORY_MESSAGES: MessageCatalogue = {
  ParticipantCreated: 'Added to the campaign {source}.',
  ParticipantUpdated: 'Changed {source}: {fields}.',
  ParticipantDeleted: 'Deleted from the campaign.',
  source_upload: 'by upload {upload}, row {row}',
  source_api: 'through the API',
  source_kafka: 'through Kafka',
  source_flow: 'by a flow',
  source_profile: "with the customer's profile",
  field_change: '{field}: {before} → {after}',
  FlowRunCompleted: '{trigger}: the flow {flow} (version {version}) ran. {end}',
  FlowRunCaughtUp:
    '{trigger}: the flow {flow} (version {version}) ran at Start, for what had happened while the campaign was not active. {end}',
  FlowRunFailed: '{trigger}: the flow {flow} (version {version}) stopped. {reason}',
  FlowRunCut: '{trigger}: the flow {flow} did not run. {reason}',
  CommunicationPlanned: '{name} planned for {at}: {because}.',
  CommunicationPlanned_untimed: '{name} planned, and not to be sent.',
  CommunicationReplanned: '{name} planned anew for {at}.',
  DispatchRequested: '{name}: attempt {attempt} handed to {channel}.',
  DispatchDelayed: '{name}: attempt {attempt} did not go out. {reason} Next attempt {at}.',
  CommunicationStarted: '{name} sent over {channel}.',
  CommunicationDelivered: '{name} delivered.',
  CommunicationRead: '{name} read.',
  CommunicationReplied: 'Replied to {name}.',
  CommunicationEnded: '{name} ended as {status}.',
  CommunicationEnded_because: '{name} ended as {status}: {reason}',
  SignalNoted: '{name}: the provider reported "{signal}" too late to change anything.',
  SessionOpened: 'A conversation on {channel} began.',
  MessageSent: 'Written to her: {text}',
  MessageReceived: 'She wrote: {text}',
  SessionClosed: 'The conversation ended.',
  text_gone: '(no longer kept)',
  // The first sentence of the why
  contacted_never: 'Never contacted.',
  contacted_once: 'Contacted once; last {last}.',
  contacted_twice: 'Contacted twice; last {last}.',
  contacted_often: 'Contacted {count} times; last {last}.',
  next_none: 'Next: none.',
  next: 'Next: {name} over {channel}, {at}.',
  deleted: 'Deleted from the campaign.',
  // Why (not) a communication
  sent: '{name} was sent over {channel} on {at}: {status}.',
  planned: '{name} is planned for {at}: {because}.',
  planned_waiting: '{name} is planned and waits. {reason}',
  ended_unsent: '{name} was not sent: it ended as {status}.',
  ended_unsent_because: '{name} was not sent: {reason}',
  not_planned: '{name} was not planned: {reason}',
  never_planned: 'No flow of this campaign sends {name}.',
};

export const CHANNEL_TITLES: Readonly<Record<string, string>> = {
  whatsapp: 'WhatsApp',
  telegram: 'Telegram',
  email: 'email',
  voice: 'voice',
};
