import {
  outboundMessageOf,
  plannedNode,
  type KnownCampaign,
  type OutboundMessage,
} from '@poinciana/campaign-definition';
import type { JsonObject, workspace } from '@poinciana/contracts';
import type { KnownCommunication } from '../domain/communication.js';
import type { OutgoingContent } from './outgoing-content.js';
import { renderedTemplate, templateValues } from './template-text.js';

/** What a communication sends, or why it cannot be made. */
export type ComposedContent =
  | { readonly content: OutgoingContent }
  | { readonly refused: 'template_refused' | 'message_refused'; readonly why: string };

const NO_TEXT: ComposedContent = { refused: 'message_refused', why: 'no_text' };

/** The content of a communication: its node's texts with the values of its plan, in the form of its channel. */
export function composed(
  channel: workspace.Channel,
  state: KnownCommunication,
  campaign: KnownCampaign | undefined,
): ComposedContent {
  const { facts, personal } = state;
  const variables = personal?.templateVariables ?? {};
  if (channel.type === 'whatsapp') return templateContent(channel, facts, variables);
  const context = personal?.customerContext ?? {};
  if (channel.type === 'webhook') return { content: { type: 'data', name: facts.name, values: variables, context } };
  const node = campaign && plannedNode(campaign, facts);
  const message = node && outboundMessageOf(node, textsOf(variables));
  if (message === undefined) return { refused: 'message_refused', why: 'node_not_known' };
  return contentOf(message, channel, facts.agentId, context);
}

function contentOf(
  message: OutboundMessage,
  channel: workspace.Channel,
  agentId: string,
  context: JsonObject,
): ComposedContent {
  if (message.channelType !== channel.type) return { refused: 'message_refused', why: 'wrong_channel' };
  switch (message.channelType) {
    case 'telegram':
      return message.text === undefined ? NO_TEXT : { content: { type: 'text', text: message.text } };
    case 'email': {
      const { subject, body, format } = message;
      return { content: { type: 'email', subject, body, format } };
    }
    case 'voice': {
      const sipParameters = Object.fromEntries(message.sipParameters.map(({ key, value }) => [key, value]));
      return { content: { type: 'call', agentId, sipServer: message.sipServer, sipParameters, context } };
    }
    default:
      return NO_TEXT;
  }
}

/** The content as one reads it in a transcript. */
export function readableText(
  channel: workspace.Channel | undefined,
  state: KnownCommunication,
  campaign: KnownCampaign | undefined,
): string {
  const { facts, personal } = state;
  if (channel === undefined || personal === undefined) return facts.templateName ?? '';
  const made = composed(channel, state, campaign);
  if (!('content' in made)) return facts.templateName ?? '';
  const { content } = made;
  switch (content.type) {
    case 'template':
      return templateText(channel, content, personal.templateVariables);
    case 'text':
      return content.text;
    case 'email':
      return `${content.subject}\n\n${content.body}`;
    case 'call':
      return '[call]';
    case 'data':
      return content.name;
  }
}

function templateText(
  { templates }: workspace.Channel,
  { name, language }: Extract<OutgoingContent, { readonly type: 'template' }>,
  variables: JsonObject,
): string {
  const template = templates.find((each) => each.name === name && each.language === language);
  return template === undefined ? name : renderedTemplate(template, variables);
}

function templateContent(
  channel: workspace.Channel,
  { templateName, templateLanguage }: KnownCommunication['facts'],
  variables: JsonObject,
): ComposedContent {
  const template = channel.templates.find(
    ({ name, language }) => name === templateName && language === templateLanguage,
  );
  if (template === undefined) return { refused: 'template_refused', why: 'template_not_known' };
  const { name, language } = template;
  return { content: { type: 'template', name, language, values: templateValues(template, variables) } };
}

function textsOf(variables: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      value === null || value === undefined || typeof value === 'object' ? [] : [[name, String(value)]],
    ),
  );
}
