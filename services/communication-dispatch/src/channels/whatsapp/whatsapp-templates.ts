import type { ProviderTemplate } from '../channel-adapter.js';
import { list, member, parsed, textMember } from '../http/json.js';

const PLACE = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/** The templates of an answer to `message_templates`; what is in no known form is left out. */
export function templatesOf(body: string): readonly ProviderTemplate[] {
  return list(member(parsed(body), 'data')).flatMap((item): readonly ProviderTemplate[] => {
    const name = textMember(item, 'name');
    const language = textMember(item, 'language');
    const status = textMember(item, 'status');
    if (name === undefined || language === undefined || status !== 'APPROVED') return [];
    const text = list(member(item, 'components')).find((component) => member(component, 'type') === 'BODY');
    const templateBody = textMember(text, 'text') ?? '';
    const variables = [...new Set([...templateBody.matchAll(PLACE)].flatMap((match) => match[1] ?? []))];
    return [{ name, language, status, body: templateBody, variables }];
  });
}
