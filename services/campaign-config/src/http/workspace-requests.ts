import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { JsonBytesMax } from './json-bytes-max.js';

const NAME_MAX = 200;
const RESULTS_MAX = 100;
const CHANNELS_OF_AGENT_MAX = 100;
const TEMPLATES_MAX = 1_000;
const VARIABLES_MAX = 100;
/** Together below the 768 KiB of an event, with what sealing adds to secrets. */
const SCRIPT_BYTES_MAX = 384 * 1024;
const RESULTS_BYTES_MAX = 128 * 1024;
const TEMPLATES_BYTES_MAX = 384 * 1024;
const TEXTS_BYTES_MAX = 96 * 1024;

export class WorkspaceRequest {
  @ApiProperty({ example: 'Collections' })
  @IsString()
  @MaxLength(NAME_MAX)
  readonly name!: string;
  @ApiProperty({ description: 'An IANA time zone.', example: 'Europe/Madrid' })
  @IsString()
  @MaxLength(100)
  readonly timeZone!: string;
}

export class ConversationResultRequest {
  @ApiProperty({ example: 'promised_to_pay' })
  @IsString()
  @MaxLength(100)
  readonly name!: string;
  @ApiProperty({ example: 'boolean' })
  @IsString()
  @MaxLength(100)
  readonly type!: string;
  @ApiPropertyOptional({ type: [String] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(VARIABLES_MAX)
  @IsString({ each: true })
  readonly enumerationValues?: string[];
}

export class AgentRequest {
  @ApiProperty({ example: 'Collections Bot' })
  @IsString()
  @MaxLength(NAME_MAX)
  readonly name!: string;
  @ApiProperty({ enum: ['scripted', 'webhook'] })
  @IsIn(['scripted', 'webhook'])
  readonly runtime!: string;
  @ApiProperty({ type: [String], description: 'The channels on which the agent speaks.' })
  @IsArray()
  @ArrayMaxSize(CHANNELS_OF_AGENT_MAX)
  @IsUUID('all', { each: true })
  readonly channelIds!: string[];
  @ApiPropertyOptional({
    type: [ConversationResultRequest],
    description: 'What the agent finds out in a conversation.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(RESULTS_MAX)
  @ValidateNested({ each: true })
  @JsonBytesMax(RESULTS_BYTES_MAX)
  @Type(() => ConversationResultRequest)
  readonly results?: ConversationResultRequest[];
  @ApiPropertyOptional({ description: 'Whether the agent answers people who write first.' })
  @IsOptional()
  @IsBoolean()
  readonly inbound?: boolean;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'The rules of a scripted agent.' })
  @IsOptional()
  @IsObject()
  @JsonBytesMax(SCRIPT_BYTES_MAX)
  readonly script?: Record<string, never>;
}

export class TemplateRequest {
  @ApiProperty({ example: 'payment_reminder' })
  @IsString()
  @MaxLength(512)
  readonly name!: string;
  @ApiProperty({ example: 'en' })
  @IsString()
  @MaxLength(20)
  readonly language!: string;
  @ApiProperty()
  @IsString()
  @MaxLength(4_096)
  readonly body!: string;
  @ApiProperty({ type: [String], description: 'Names of the variables, in the order of the placeholders of the body.' })
  @IsArray()
  @ArrayMaxSize(VARIABLES_MAX)
  @IsString({ each: true })
  readonly variables!: string[];
}

export class ChannelRequest {
  @ApiProperty({ example: 'Collections WhatsApp' })
  @IsString()
  @MaxLength(NAME_MAX)
  readonly name!: string;
  @ApiProperty({ enum: ['whatsapp'] })
  @IsIn(['whatsapp'])
  readonly type!: string;
  @ApiProperty()
  @IsBoolean()
  readonly running!: boolean;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'baseUrl, phoneNumberId, businessAccountId, …',
  })
  @IsObject()
  @JsonBytesMax(TEXTS_BYTES_MAX)
  readonly settings!: Record<string, string>;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description:
      'accessToken, appSecret, verifyToken. Sealed, and never given out again; what is left out stays as it is.',
  })
  @IsOptional()
  @IsObject()
  @JsonBytesMax(TEXTS_BYTES_MAX)
  readonly secrets?: Record<string, string>;
  @ApiPropertyOptional({ type: [TemplateRequest] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(TEMPLATES_MAX)
  @ValidateNested({ each: true })
  @JsonBytesMax(TEMPLATES_BYTES_MAX)
  @Type(() => TemplateRequest)
  readonly templates?: TemplateRequest[];
}
