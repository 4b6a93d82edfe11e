import { phoneDigits } from '@poinciana/campaign-definition';
import { parseInstant } from '../../http/instant.js';
import { foldedText } from '../folded-text.js';
import type { FieldCondition } from './filters/field-condition.js';
import type { ParticipantFilter } from './participant-view.js';
import type { ParticipantsRequest } from './participants-request.js';
import { searchedIdentity } from './searched-identity.js';

/** What a request asks for, in the form in which rows are searched; a text of blanks asks for nothing. The zone is the workspace's. */
export function participantFilter(
  workspace: string,
  campaignId: string,
  request: ParticipantsRequest,
  zone: string,
  conditions: readonly FieldCondition[] = [],
): ParticipantFilter {
  const { q = '', name, email, phone, externalId, uploadId, status } = request;
  const part = searchedIdentity(q);
  return {
    workspace,
    campaignId,
    ...(conditions.length === 0 ? {} : { conditions }),
    ...(part.text === '' ? {} : { part }),
    ...(status === undefined ? {} : { statuses: status }),
    ...given('name', folded(name)),
    ...given('email', folded(email)),
    ...given('phone', phone === undefined ? undefined : (phoneDigits(phone.trim()) ?? foldedText(phone.trim()))),
    ...given('externalId', folded(externalId)),
    ...given('uploadId', uploadId?.toLowerCase()),
    ...given('createdFrom', parseInstant(request.createdFrom, zone)),
    ...given('createdBefore', parseInstant(request.createdBefore, zone)),
    ...given('updatedFrom', parseInstant(request.updatedFrom, zone)),
    ...given('updatedBefore', parseInstant(request.updatedBefore, zone)),
  };
}

function given<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> {
  return value === undefined || value === '' ? {} : ({ [name]: value } as Record<Name, string>);
}

/** A NUL, which no database keeps in a text, matches nothing: it becomes the sign for what cannot be shown. */
function folded(text: string | undefined): string | undefined {
  return text === undefined ? undefined : foldedText(text.trim()).replaceAll('\0', '\uFFFD');
}
