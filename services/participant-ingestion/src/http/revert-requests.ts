import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { LEFT_PAGE_MAX } from '../storage/reverts.js';

const CURSOR_CHARACTERS_MAX = 200;

export class RevertQuery {
  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description: 'Only looks what a revert would do, and changes nothing.',
  })
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  readonly preview: boolean = false;
}

export class LeftAloneQuery extends RevertQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: LEFT_PAGE_MAX, default: 100 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LEFT_PAGE_MAX)
  readonly limit: number = 100;

  @ApiPropertyOptional({
    description: 'The `next` of the page before.',
    example: 'changed_since:42:0b5c7d2e-0000-4000-8000-000000000009',
  })
  @IsOptional()
  @IsString()
  @MaxLength(CURSOR_CHARACTERS_MAX)
  readonly after?: string;
}
