import { ApiProperty } from '@nestjs/swagger';
import { PageFacts } from '../../http/page-answer.js';
import type {
  FieldValueItem,
  ParticipantContacts,
  ParticipantDetails,
  ParticipantItem,
} from './participant-details.js';

const VALUE = { nullable: true, oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] };

class LastContactAnswer {
  @ApiProperty({ example: 'REMINDED_DUE_DATE' })
  readonly name!: string;
  @ApiProperty({ example: 'whatsapp' })
  readonly channelType!: string;
  @ApiProperty({ example: 'Completed' })
  readonly status!: string;
  @ApiProperty({ format: 'date-time' })
  readonly at!: string;
}

class OutcomeAnswer {
  @ApiProperty({ example: 'promised' })
  readonly result!: string;
  @ApiProperty({ format: 'date-time' })
  readonly at!: string;
}

class StatusGroupsAnswer {
  @ApiProperty()
  readonly inProgress!: number;
  @ApiProperty()
  readonly successful!: number;
  @ApiProperty()
  readonly notCompleted!: number;
}

export class ParticipantItemAnswer implements ParticipantItem {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;
  @ApiProperty({ format: 'uuid' })
  readonly customerId!: string;
  @ApiProperty({ description: "'' when the customer stands in the campaign once." })
  readonly objectId!: string;
  @ApiProperty({ ...VALUE, example: 'Anna Kowalska' })
  readonly name!: ParticipantItem['name'];
  @ApiProperty({ ...VALUE, example: 'anna@example.com' })
  readonly email!: ParticipantItem['email'];
  @ApiProperty({ ...VALUE, example: '34600000001' })
  readonly phone!: ParticipantItem['phone'];
  @ApiProperty({ ...VALUE, example: 'cust_123' })
  readonly externalId!: ParticipantItem['externalId'];
  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
  @ApiProperty({ description: 'How many communications there are in this life of hers.' })
  readonly communications!: number;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, example: { Completed: 1 } })
  readonly statuses!: ParticipantContacts['statuses'];
  @ApiProperty({ type: StatusGroupsAnswer })
  readonly groups!: StatusGroupsAnswer;
  @ApiProperty({ type: LastContactAnswer, nullable: true })
  readonly lastContact!: LastContactAnswer | null;
  @ApiProperty({ type: OutcomeAnswer, nullable: true })
  readonly outcome!: OutcomeAnswer | null;
}

export class ParticipantPageAnswer extends PageFacts {
  @ApiProperty({ type: [ParticipantItemAnswer] })
  readonly items!: readonly ParticipantItemAnswer[];
}

class FieldValueAnswer implements FieldValueItem {
  @ApiProperty({ example: 'due_date' })
  readonly name!: string;
  @ApiProperty({ example: 'Due Date' })
  readonly title!: string;
  @ApiProperty({ example: 'date' })
  readonly type!: string;
  @ApiProperty({ enum: ['customer', 'participant'] })
  readonly level!: string;
  @ApiProperty({ ...VALUE, example: '2026-11-27' })
  readonly value!: FieldValueItem['value'];
}

export class ParticipantDetailsAnswer extends ParticipantItemAnswer implements ParticipantDetails {
  @ApiProperty({ format: 'uuid' })
  readonly campaignId!: string;
  @ApiProperty({ nullable: true, type: 'string', description: "IANA name; null: the workspace's zone holds." })
  readonly timeZone!: string | null;
  @ApiProperty({ type: [String] })
  readonly uploadIds!: readonly string[];
  @ApiProperty({ type: [FieldValueAnswer], description: 'In the order of the Data tab.' })
  readonly fields!: readonly FieldValueAnswer[];
}
