import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  CHANNEL_NEEDS,
  CHANNEL_TYPES,
  type ChannelNeeds,
  UNKNOWN_OUTCOME_RULES,
  UNKNOWN_OUTCOMES,
} from '@poinciana/campaign-definition';
import { MayBeLeftOut } from '@poinciana/service-kit';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsObject, IsString, MaxLength, ValidateNested } from 'class-validator';
import { JsonBytesMax } from './json-bytes-max.js';

const NAME_MAX = 200;
const TEMPLATES_MAX = 1_000;
const VARIABLES_MAX = 100;
/** Together below the 768 KiB of an event, with what sealing adds to secrets. */
const TEMPLATES_BYTES_MAX = 384 * 1024;
const TEXTS_BYTES_MAX = 96 * 1024;

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
  @ApiProperty({ enum: CHANNEL_TYPES })
  @IsIn(CHANNEL_TYPES)
  readonly type!: string;
  @ApiProperty()
  @IsBoolean()
  readonly running!: boolean;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: `Texts by name. ${UNKNOWN_OUTCOMES} is one of ${UNKNOWN_OUTCOME_RULES.join(', ')} (without it the first): what is done about a send of which nobody learns whether it went out. Before it may run, a channel needs, by its type: ${neededOf('settings')}.`,
  })
  @IsObject()
  @JsonBytesMax(TEXTS_BYTES_MAX)
  readonly settings!: Record<string, string>;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: `Sealed, and never given out again; what is left out stays as it is. Needed, by type: ${neededOf('secrets')}.`,
  })
  @MayBeLeftOut()
  @IsObject()
  @JsonBytesMax(TEXTS_BYTES_MAX)
  readonly secrets?: Record<string, string>;
  @ApiPropertyOptional({ type: [TemplateRequest] })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(TEMPLATES_MAX)
  @ValidateNested({ each: true })
  @JsonBytesMax(TEMPLATES_BYTES_MAX)
  @Type(() => TemplateRequest)
  readonly templates?: TemplateRequest[];
}

function neededOf(kind: keyof ChannelNeeds): string {
  return CHANNEL_TYPES.map((type) => `${type}: ${CHANNEL_NEEDS[type][kind].join(', ') || 'none'}`).join('; ');
}
