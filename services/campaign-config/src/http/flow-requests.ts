import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MayBeLeftOut } from '@poinciana/service-kit';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';

/** More than the rules allow, so that they can say what is wrong. */
const NODES_TAKEN_MAX = 10_000;
const FLOWS_TAKEN_MAX = 1_000;
const VERSIONS_PAGE_MAX = 200;
const VERSIONS_PAGE = 50;

export class NewFlowRequest {
  @ApiPropertyOptional({ description: 'Without one it gets a default name.', example: 'Payment reminder' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(1_000)
  readonly name?: string;
}

export class FlowNameRequest {
  @ApiProperty({ example: 'Payment reminder' })
  @IsString()
  @MaxLength(1_000)
  readonly name!: string;
}

export class FlowOrderRequest {
  @ApiProperty({
    type: [String],
    format: 'uuid',
    description: 'Every flow of the campaign once.',
    example: ['7d444840-9dc0-51d1-b245-5ffdce74fad2'],
  })
  @IsArray()
  @ArrayMaxSize(FLOWS_TAKEN_MAX)
  @IsUUID('all', { each: true })
  readonly flowIds!: string[];
}

export class FlowRequest {
  @ApiProperty({ example: 'Payment reminder' })
  @IsString()
  @MaxLength(1_000)
  readonly name!: string;
  @ApiProperty({
    type: 'array',
    items: { type: 'object' },
    description: 'id, type, name, settings and layout of each node.',
  })
  @IsArray()
  @ArrayMaxSize(NODES_TAKEN_MAX)
  readonly nodes!: unknown[];
  @ApiProperty({
    type: 'array',
    items: { type: 'object' },
    description: 'from, output and to of each edge, in the order in which they were drawn.',
  })
  @IsArray()
  @ArrayMaxSize(NODES_TAKEN_MAX)
  readonly edges!: unknown[];
  @ApiPropertyOptional({ description: 'What this version is about.' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(2_000)
  readonly note?: string;
}

export class VersionsRequest {
  @ApiPropertyOptional({
    description: 'Only versions before this one: the last one of the page before.',
    minimum: 1,
    example: 3,
  })
  @MayBeLeftOut()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  readonly before?: number;

  @ApiPropertyOptional({ default: VERSIONS_PAGE, minimum: 1, maximum: VERSIONS_PAGE_MAX })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(VERSIONS_PAGE_MAX)
  readonly limit: number = VERSIONS_PAGE;
}
