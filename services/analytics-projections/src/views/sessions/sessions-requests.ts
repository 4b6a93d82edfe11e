import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
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

  @ApiPropertyOptional({ description: 'Opened at this instant or later.', format: 'date-time' })
  @IsOptional()
  @IsISO8601({ strict: true })
  readonly openedFrom?: string;

  @ApiPropertyOptional({ description: 'Opened before this instant.', format: 'date-time' })
  @IsOptional()
  @IsISO8601({ strict: true })
  readonly openedBefore?: string;

  @ApiPropertyOptional({ description: 'Words that all stand in one message.', maxLength: 256, example: 'pay tomorrow' })
  @IsOptional()
  @IsString()
  @MaxLength(256)
  readonly q?: string;
}
