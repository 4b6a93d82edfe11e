import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, IsString, IsUUID, Max, MaxLength, Min, MinLength } from 'class-validator';
import { CUSTOMERS_PAGE_MAX } from '../handlers/customer-queries.js';

const SEARCH_CHARACTERS_MAX = 200;

export class CustomerListQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: CUSTOMERS_PAGE_MAX, default: 50 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(CUSTOMERS_PAGE_MAX)
  readonly limit: number = 50;

  @ApiPropertyOptional({ format: 'uuid', description: 'The `next` of the page before.' })
  @IsOptional()
  @IsUUID()
  readonly after?: string;

  @ApiPropertyOptional({
    description: 'How an identity begins: external_id, email, phone, telegram_id, whatsapp_id or web_id.',
    example: 'anna@',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(SEARCH_CHARACTERS_MAX)
  readonly search?: string;
}

export class EditCustomerRequest {
  @ApiProperty({
    type: Object,
    description: 'Values by field name. null clears a value.',
    example: { name: 'Anna Kowalska', phone: null },
  })
  @IsObject()
  readonly attributes!: Record<string, unknown>;
}

export class EditParticipantRequest extends EditCustomerRequest {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'Europe/London',
    description: 'null: the zone of the workspace.',
  })
  @IsOptional()
  @IsString()
  readonly timezone?: string | null;
}
