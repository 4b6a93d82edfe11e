import { ApiPropertyOptional } from '@nestjs/swagger';
import { DATE_FORMATS, type DateFormat } from '@poinciana/campaign-definition';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { UPLOADS_PAGE_MAX } from '../storage/uploads.js';

export class UploadQuery {
  @ApiPropertyOptional({
    enum: DATE_FORMATS,
    default: 'YYYY-MM-DD',
    description: 'How the file writes its dates; ISO is always taken.',
  })
  @IsIn(DATE_FORMATS)
  readonly dateFormat: DateFormat = 'YYYY-MM-DD';
}

export class UploadListQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: UPLOADS_PAGE_MAX, default: 50 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(UPLOADS_PAGE_MAX)
  readonly limit: number = 50;

  @ApiPropertyOptional({ format: 'uuid', description: 'The `next` of the page before.' })
  @IsOptional()
  @IsUUID()
  readonly after?: string;
}
