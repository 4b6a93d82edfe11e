import { DomainError } from '@poinciana/event-sourcing';

/** The longest texts, in characters. */
export const CAMPAIGN_NAME_MAX = 200;
export const CAMPAIGN_DESCRIPTION_MAX = 2_000;

/** Trims a name as the user typed it and refuses an empty or too long one (A51). */
export function campaignName(typed: string): string {
  const name = typed.trim();
  if (name === '') throw new DomainError('campaign_name_required', 'Campaign name is required');
  if (name.length > CAMPAIGN_NAME_MAX) {
    const message = `Campaign name must not be longer than ${CAMPAIGN_NAME_MAX} characters`;
    throw new DomainError('campaign_name_too_long', message);
  }
  return name;
}

export function campaignDescription(typed: string): string {
  const description = typed.trim();
  if (description.length > CAMPAIGN_DESCRIPTION_MAX) {
    const message = `Campaign description must not be longer than ${CAMPAIGN_DESCRIPTION_MAX} characters`;
    throw new DomainError('campaign_description_too_long', message);
  }
  return description;
}

/** What makes two names the same: case, blanks around, and the way a letter is composed do not count (A51). */
export function foldedName(name: string): string {
  return name.trim().normalize('NFKC').toLowerCase();
}

/** The refusal of a name that another campaign of the workspace bears. */
export function nameTaken(typed: string): DomainError {
  return new DomainError('campaign_name_taken', `A campaign named '${typed.trim()}' already exists`, 'conflict');
}
