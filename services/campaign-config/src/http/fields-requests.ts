import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MayBeLeftOut } from '@poinciana/service-kit';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsString, MaxLength, ValidateNested } from 'class-validator';
import { JsonBytesMax } from './json-bytes-max.js';

/** Twice the bound of the rules, so that they can say what is wrong. */
const FIELDS_TAKEN_MAX = 400;
const ENUMERATION_VALUES_TAKEN_MAX = 1_000;
/** Below the 768 KiB of an event, with what is filled in for what was left out. */
const FIELDS_BYTES_MAX = 640 * 1024;

export class FieldRequest {
  @ApiProperty({ example: 'due_date' })
  @IsString()
  @MaxLength(1_000)
  readonly name!: string;
  @ApiProperty({ example: 'Due Date' })
  @IsString()
  @MaxLength(1_000)
  readonly title!: string;
  @ApiPropertyOptional()
  @MayBeLeftOut()
  @IsString()
  @MaxLength(10_000)
  readonly description?: string;
  @ApiProperty({
    enum: ['string', 'integer', 'numeric', 'boolean', 'date', 'datetime', 'enumeration', 'email', 'phone'],
  })
  @IsString()
  @MaxLength(100)
  readonly type!: string;
  @ApiProperty({ enum: ['customer', 'participant'] })
  @IsIn(['customer', 'participant'])
  readonly level!: string;
  @ApiProperty({ description: 'Whether uploads read it. Off turns Required off.' })
  @IsBoolean()
  readonly import!: boolean;
  @ApiProperty()
  @IsBoolean()
  readonly required!: boolean;
  @ApiPropertyOptional({ description: 'True for the system fields only.' })
  @MayBeLeftOut()
  @IsBoolean()
  readonly locked?: boolean;
  @ApiPropertyOptional({ type: [String] })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(ENUMERATION_VALUES_TAKEN_MAX)
  @IsString({ each: true })
  readonly enumerationValues?: string[];
}

export class FieldsRequest {
  @ApiProperty({ type: [FieldRequest], description: 'The whole list, in the order of the Data tab.' })
  @IsArray()
  @ArrayMaxSize(FIELDS_TAKEN_MAX)
  @ValidateNested({ each: true })
  @JsonBytesMax(FIELDS_BYTES_MAX)
  @Type(() => FieldRequest)
  readonly fields!: FieldRequest[];
}
