import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MayBeLeftOut } from '@poinciana/service-kit';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsString,
  IsUrl,
  IsUUID,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { JsonBytesMax } from './json-bytes-max.js';

const NAME_MAX = 200;
const RESULTS_MAX = 100;
const RESULT_VALUES_MAX = 100;
const CHANNELS_OF_AGENT_MAX = 100;
const URL_MAX = 2_000;
const SIGNING_KEY_MIN = 16;
const SIGNING_KEY_MAX = 500;
/** Together below the 768 KiB of an event. */
const SCRIPT_BYTES_MAX = 384 * 1024;
const RESULTS_BYTES_MAX = 128 * 1024;

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
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(RESULT_VALUES_MAX)
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
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(RESULTS_MAX)
  @ValidateNested({ each: true })
  @JsonBytesMax(RESULTS_BYTES_MAX)
  @Type(() => ConversationResultRequest)
  readonly results?: ConversationResultRequest[];
  @ApiPropertyOptional({ description: 'Whether the agent answers people who write first.' })
  @MayBeLeftOut()
  @IsBoolean()
  readonly inbound?: boolean;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'The rules of a scripted agent.' })
  @MayBeLeftOut()
  @IsObject()
  @JsonBytesMax(SCRIPT_BYTES_MAX)
  readonly script?: Record<string, never>;
  @ApiPropertyOptional({ description: 'Where an agent of the webhook runtime is asked; needed by it.' })
  @MayBeLeftOut()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  @MaxLength(URL_MAX)
  readonly url?: string;
  @ApiPropertyOptional({
    description: 'Signs both directions of the webhook runtime. Sealed, and never given out again; left out, it stays.',
  })
  @MayBeLeftOut()
  @IsString()
  @MinLength(SIGNING_KEY_MIN)
  @MaxLength(SIGNING_KEY_MAX)
  readonly signingKey?: string;
}
