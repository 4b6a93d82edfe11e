import type { JsonObject } from '@poinciana/contracts';

/** A line of a conversation that a provider held for us. */
export interface SpokenLine {
  readonly from: 'agent' | 'person';
  readonly text: string;
}

/** Something that a provider told about a message of ours, or that a person wrote or said. */
export type ChannelNotice = StatusNotice | CallNotice | MessageNotice | CallerNotice;

export interface StatusNotice {
  readonly about: 'status';
  readonly status: 'sent' | 'delivered' | 'read' | 'failed';
  readonly providerMessageId: string;
  /** What we gave the provider to echo. */
  readonly echo?: string;
  readonly address?: string;
  readonly code?: string;
  readonly providerCode?: string;
  /** Which of our numbers it is about, where one address is told of several. */
  readonly phoneNumberId?: string;
}

/** How a call of ours goes on (A64). */
export interface CallNotice {
  readonly about: 'call';
  readonly progress: 'answered' | 'unanswered' | 'concluded';
  readonly providerMessageId: string;
  readonly echo?: string;
  readonly address?: string;
  /** Why it was not answered. */
  readonly code?: string;
  readonly providerCode?: string;
  /** Of `concluded`: whether anybody had answered. */
  readonly answered?: boolean;
  readonly results?: JsonObject;
  readonly transcript?: readonly SpokenLine[];
}

export interface MessageNotice {
  readonly about: 'message';
  readonly providerMessageId: string;
  readonly address: string;
  readonly text: string;
  readonly subject?: string;
  /** The communication that it answers, where the person's own program says so. */
  readonly answers?: string;
  /** Which of our numbers it is about, where one address is told of several. */
  readonly phoneNumberId?: string;
}

/** Somebody called us, and this was said. */
export interface CallerNotice {
  readonly about: 'caller';
  readonly providerMessageId: string;
  readonly address: string;
  readonly phase: 'began' | 'ended';
  readonly results?: JsonObject;
  readonly transcript?: readonly SpokenLine[];
}

/** A message's text is kept up to this length, in characters; a person's novel is cut, not refused. */
export const MESSAGE_CHARACTERS_MAX = 32_767;
/** What a provider names is stored up to these lengths, in characters: whatever is longer is no id, and no address. */
const ID_CHARACTERS_MAX = 512;
const ADDRESS_CHARACTERS_MAX = 320;
const WORD_CHARACTERS_MAX = 100;

/** A text as it can be stored: without NUL, bounded. */
export function storedText(text: string): string {
  return text.replaceAll('\0', '').slice(0, MESSAGE_CHARACTERS_MAX);
}

export function isProviderId(value: unknown): value is string {
  return isName(value, ID_CHARACTERS_MAX);
}

export function isProviderAddress(value: unknown): value is string {
  return isName(value, ADDRESS_CHARACTERS_MAX);
}

/** A provider's own word for what happened, cut to what is kept of it. */
export function providerWord(value: unknown): string | undefined {
  return typeof value === 'string' ? storedText(value).slice(0, WORD_CHARACTERS_MAX) : undefined;
}

function isName(value: unknown, charactersMax: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= charactersMax && !value.includes('\0');
}
