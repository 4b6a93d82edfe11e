import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';

const NAME_MAX = 200;

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
