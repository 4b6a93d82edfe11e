import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { PageFacts } from '../../http/page-answer.js';
import { PageRequest } from '../../http/page-request.js';
import { ParticipantItemAnswer } from '../participants/participants-answers.js';
import type { Customer360, CustomerItem, Participation } from './customer-360.js';

const VALUE = { nullable: true, oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] };

export class CustomersRequest extends PageRequest {
  @ApiPropertyOptional({
    description: 'How a name, an email, a phone number or an external ID begins.',
    maxLength: 256,
    example: 'anna',
  })
  @IsOptional()
  @IsString()
  @MaxLength(256)
  readonly q?: string;
}

class CustomerItemAnswer implements CustomerItem {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;
  @ApiProperty({ ...VALUE, example: 'Anna Kowalska' })
  readonly name!: CustomerItem['name'];
  @ApiProperty({ ...VALUE, example: 'anna@example.com' })
  readonly email!: CustomerItem['email'];
  @ApiProperty({ ...VALUE, example: '34600000001' })
  readonly phone!: CustomerItem['phone'];
  @ApiProperty({ ...VALUE, example: 'cust_123' })
  readonly externalId!: CustomerItem['externalId'];
  @ApiProperty({ type: [String], description: 'The campaigns that she is in.' })
  readonly campaignIds!: readonly string[];
  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
}

export class CustomersAnswer extends PageFacts {
  @ApiProperty({ type: [CustomerItemAnswer] })
  readonly items!: readonly CustomerItemAnswer[];
}

class ParticipationAnswer extends ParticipantItemAnswer implements Participation {
  @ApiProperty({ format: 'uuid' })
  readonly campaignId!: string;
  @ApiProperty({ example: 'Payment reminder' })
  readonly campaignName!: string;
}

export class CustomerAnswer implements Customer360 {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { name: 'Anna Kowalska', email: 'anna@example.com' },
  })
  readonly profile!: Customer360['profile'];
  @ApiProperty({ example: false })
  readonly isErased!: boolean;
  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
  @ApiProperty({ type: [ParticipationAnswer] })
  readonly participations!: readonly ParticipationAnswer[];
}
