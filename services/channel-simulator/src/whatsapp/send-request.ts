import { OPAQUE_DATA_CHARACTERS_MAX, TEXT_CHARACTERS_MAX } from '../bounds.js';
import type { MessageContent } from '../ledger/accepted-message.js';
import { readTemplate } from './template-request.js';
import { providerError } from './provider-error.js';
import { invalid, isObject, missing, type Reading } from './reading.js';
import type { TemplateCollection } from './template.js';

/** A send request that the provider understands. */
export interface SendRequest {
  /** As it was given. */
  readonly to: string;
  /** The person as WhatsApp knows them: digits only. */
  readonly waId: string;
  readonly communicationId: string | null;
  readonly content: MessageContent;
}

const TYPES = ['text', 'template'];
/** Types that Meta has and this simulator does not play. */
const OTHER_TYPES = [
  'audio',
  'contacts',
  'document',
  'image',
  'interactive',
  'location',
  'reaction',
  'sticker',
  'video',
];
const PHONE_NUMBER = /^\+?[\d\s().-]{5,30}$/;

/** Reads the body of `POST /<version>/<phone-number-id>/messages` in the order in which Meta complains. */
export function readSendRequest(
  body: unknown,
  templates: TemplateCollection,
  waIdOf: (digits: string) => string,
): Reading<SendRequest> {
  if (!isObject(body) || body.messaging_product === undefined) return missing('messaging_product');
  if (body.messaging_product !== 'whatsapp') return invalid("Param messaging_product must be one of {'whatsapp'}");
  if (body.recipient_type !== undefined && body.recipient_type !== 'individual') {
    return invalid("Param recipient_type must be one of {'individual'}");
  }
  const recipient = readRecipient(body.to);
  if ('error' in recipient) return recipient;
  const opaque = readOpaque(body.biz_opaque_callback_data);
  if ('error' in opaque) return opaque;
  const content = readContent(body, templates);
  if ('error' in content) return content;
  const { to, digits } = recipient.value;
  return { value: { to, waId: waIdOf(digits), communicationId: opaque.value, content: content.value } };
}

function readRecipient(to: unknown): Reading<{ to: string; digits: string }> {
  if (to === undefined || to === '') return missing('to');
  if (typeof to !== 'string') return invalid('Param to must be a string');
  const digits = to.replace(/\D/g, '');
  if (!PHONE_NUMBER.test(to) || !/^[1-9]\d{4,14}$/.test(digits)) {
    return { error: providerError(131009, 'Param to is not a valid phone number') };
  }
  return { value: { to, digits } };
}

function readOpaque(opaque: unknown): Reading<string | null> {
  if (opaque === undefined || opaque === null) return { value: null };
  if (typeof opaque !== 'string' || opaque.length === 0 || opaque.length > OPAQUE_DATA_CHARACTERS_MAX) {
    return invalid(`Param biz_opaque_callback_data must be a string of 1 to ${OPAQUE_DATA_CHARACTERS_MAX} characters`);
  }
  return { value: opaque };
}

function readContent(body: Record<string, unknown>, templates: TemplateCollection): Reading<MessageContent> {
  const type = body.type ?? 'text';
  if (type === 'text') return readText(body.text);
  if (type === 'template') return readTemplate(body.template, templates);
  if (typeof type === 'string' && OTHER_TYPES.includes(type)) {
    return { error: providerError(131051, `Message type ${type} is not played by this simulator`) };
  }
  return invalid(`Param type must be one of {${[...TYPES, ...OTHER_TYPES].join(', ')}}`);
}

function readText(text: unknown): Reading<MessageContent> {
  if (text === undefined) return missing('text');
  if (!isObject(text) || typeof text.body !== 'string') return missing("text['body']");
  if (text.body.length === 0) return invalid("Param text['body'] must be a non-empty string.");
  if (text.body.length > TEXT_CHARACTERS_MAX) {
    return invalid(`Param text['body'] must be at most ${TEXT_CHARACTERS_MAX} characters long.`);
  }
  if (text.preview_url !== undefined && typeof text.preview_url !== 'boolean') {
    return invalid("Param text['preview_url'] must be a boolean");
  }
  return { value: { type: 'text', text: text.body } };
}
