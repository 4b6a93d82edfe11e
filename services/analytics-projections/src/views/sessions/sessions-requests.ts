import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { OptionalInstant } from '../../http/instant.js';
import { PageRequest } from '../../http/page-request.js';

export class SessionsRequest extends PageRequest {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  readonly agentId?: string;

  @ApiPropertyOptional({ example: 'whatsapp' })
  @IsOptional()
  @Matches(/^[a-z]{1,30}$/)
  readonly channelType?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  readonly channelId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  readonly campaignId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  readonly participantId?: string;

  @OptionalInstant('Opened at this instant or later.')
  readonly openedFrom?: string;

  @OptionalInstant('Opened before this instant.')
  readonly openedBefore?: string;

  @ApiPropertyOptional({ description: 'Words that all stand in one message.', maxLength: 256, example: 'pay tomorrow' })
  @IsOptional()
  @IsString()
  @MaxLength(256)
  readonly q?: string;
}
