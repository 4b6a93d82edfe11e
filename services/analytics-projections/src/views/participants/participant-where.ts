import { literalPattern } from '../../storage/like-pattern.js';
import { Where } from '../../storage/where.js';
import { fieldConditionSql } from './filters/field-condition-sql.js';
import type { ParticipantFilter } from './participant-view.js';

/** Participants of a filter. Every comparison but those of fields and parts of texts is one range of an index. */
export function participantWhere(filter: ParticipantFilter): Where {
  const { workspace, campaignId, part, name, email, phone, externalId, uploadId, statuses, conditions = [] } = filter;
  const where = new Where()
    .add('campaign_id = ?', campaignId)
    .add('workspace = ?', workspace)
    .addPlain('NOT deleted')
    .add('name LIKE ?', beginning(name))
    .add('email LIKE ?', beginning(email))
    .add('phone LIKE ?', beginning(phone))
    .add('external_id LIKE ?', beginning(externalId))
    .add('upload_ids @> ARRAY[?::uuid]', uploadId)
    .add('created_at >= ?', filter.createdFrom)
    .add('created_at < ?', filter.createdBefore)
    .add('updated_at >= ?', filter.updatedFrom)
    .add('updated_at < ?', filter.updatedBefore)
    .add(HAS_STATUS, statuses);
  if (part !== undefined) {
    const [texts, phones] = [part.text, part.phone].map((each) => where.place(`%${literalPattern(each)}%`, 'text'));
    where.addPlain(`(name LIKE ${texts} OR email LIKE ${texts} OR phone LIKE ${phones} OR external_id LIKE ${texts})`);
  }
  for (const condition of conditions) where.addPlain(fieldConditionSql(condition, where.place));
  return where;
}

const HAS_STATUS = `EXISTS (SELECT FROM communication c WHERE c.participant_id = participant.id
  AND c.life = participant.life AND c.status = ANY(?::text[]))`;

function beginning(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `${literalPattern(text)}%`;
}
