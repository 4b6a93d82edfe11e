import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  CHANNEL_TYPES,
  COMMUNICATION_STATUSES,
  type ChannelType,
  type CommunicationStatus,
  DATE_FORMATS,
  type DateFormat,
  TRIGGER_TYPES,
  type TriggerType,
} from '@poinciana/campaign-definition';
import { MayBeLeftOut } from '@poinciana/service-kit';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsString,
  IsUUID,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

/** More than the rules allow, so that they can say what is wrong. */
const NODES_TAKEN_MAX = 10_000;

/** Which flow is tried out, and when. */
export class TrialTerms {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly flowId!: string;
  @ApiPropertyOptional({ description: 'Without one the newest, which may be a draft.', minimum: 1, example: 3 })
  @MayBeLeftOut()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  readonly version?: number;
  @ApiPropertyOptional({ enum: TRIGGER_TYPES, default: 'participant-created' })
  @IsIn(TRIGGER_TYPES)
  readonly trigger: TriggerType = 'participant-created';
  @ApiPropertyOptional({
    format: 'date-time',
    description:
      "The instant that it pretends to be; without one, now. A day, or a time without an offset, is that of the workspace's zone.",
  })
  @MayBeLeftOut()
  @IsISO8601({ strict: true })
  readonly at?: string;
}

export class DrawnFlowRequest {
  @ApiProperty()
  @IsString()
  @MaxLength(1_000)
  readonly name!: string;
  @ApiProperty({ type: 'array', items: { type: 'object' } })
  @IsArray()
  @ArrayMaxSize(NODES_TAKEN_MAX)
  readonly nodes!: unknown[];
  @ApiProperty({ type: 'array', items: { type: 'object' } })
  @IsArray()
  @ArrayMaxSize(NODES_TAKEN_MAX)
  readonly edges!: unknown[];
}

/** The communication that fires, for the triggers about one. */
export class TrialCommunication {
  @ApiProperty({ example: 'REMINDED_DUE_DATE' })
  @IsString()
  @MaxLength(64)
  readonly name!: string;
  @ApiProperty({ enum: CHANNEL_TYPES })
  @IsIn(CHANNEL_TYPES)
  readonly channel!: ChannelType;
  @ApiProperty({ enum: COMMUNICATION_STATUSES })
  @IsIn(COMMUNICATION_STATUSES)
  readonly status!: CommunicationStatus;
  @ApiPropertyOptional({ default: false })
  @IsBoolean()
  readonly replied: boolean = false;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'Declared results by name.' })
  @MayBeLeftOut()
  @IsObject()
  readonly results?: Record<string, unknown>;
}

export class DryRunRequest extends TrialTerms {
  @ApiPropertyOptional({ type: DrawnFlowRequest, description: 'A graph as it is being drawn, instead of a saved one.' })
  @MayBeLeftOut()
  @ValidateNested()
  @Type(() => DrawnFlowRequest)
  readonly flow?: DrawnFlowRequest;
  @ApiPropertyOptional({ format: 'uuid', description: 'Somebody who is there; without one, somebody made up.' })
  @MayBeLeftOut()
  @IsUUID()
  readonly participantId?: string;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Values by field name, as they would be typed; they count beside those of the participant.',
  })
  @MayBeLeftOut()
  @IsObject()
  readonly values?: Record<string, unknown>;
  @ApiPropertyOptional({ example: 'Europe/Madrid' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(100)
  readonly timeZone?: string;
  @ApiPropertyOptional({ type: TrialCommunication })
  @MayBeLeftOut()
  @ValidateNested()
  @Type(() => TrialCommunication)
  readonly communication?: TrialCommunication;
}

export class FileDryRunRequest extends TrialTerms {
  @ApiPropertyOptional({ enum: DATE_FORMATS, example: 'DD.MM.YYYY' })
  @MayBeLeftOut()
  @IsIn(DATE_FORMATS)
  readonly dateFormat?: DateFormat;
}
