import { phoneDigits } from '@poinciana/campaign-definition';
import { foldedText } from '../folded-text.js';
import type { ParticipantFilter } from './participant-view.js';
import type { ParticipantsRequest } from './participants-request.js';

/** What a request asks for, in the form in which rows are searched; a text of blanks asks for nothing. */
export function participantFilter(
  workspace: string,
  campaignId: string,
  request: ParticipantsRequest,
): ParticipantFilter {
  const { q, email, phone, externalId, uploadId, createdFrom, createdBefore } = request;
  return {
    workspace,
    campaignId,
    ...given('text', folded(q)),
    ...given('email', folded(email)),
    ...given('phone', phone === undefined ? undefined : (phoneDigits(phone.trim()) ?? foldedText(phone.trim()))),
    ...given('externalId', folded(externalId)),
    ...given('uploadId', uploadId?.toLowerCase()),
    ...given('createdFrom', instant(createdFrom)),
    ...given('createdBefore', instant(createdBefore)),
  };
}

function given<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> {
  return value === undefined || value === '' ? {} : ({ [name]: value } as Record<Name, string>);
}

/** A NUL, which no database keeps in a text, matches nothing: it becomes the sign for what cannot be shown. */
function folded(text: string | undefined): string | undefined {
  return text === undefined ? undefined : foldedText(text.trim()).replaceAll('\0', '\uFFFD');
}

function instant(text: string | undefined): string | undefined {
  return text === undefined ? undefined : new Date(text).toISOString();
}
