import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MayBeLeftOut } from '@poinciana/service-kit';
import { IsString, MaxLength } from 'class-validator';
import { CAMPAIGN_DESCRIPTION_MAX, CAMPAIGN_NAME_MAX } from '../domain/campaign-name.js';

export class CreateCampaignRequest {
  @ApiProperty({
    description: 'Unique in the workspace, without regard to case.',
    maxLength: CAMPAIGN_NAME_MAX,
    example: 'Payment reminder',
  })
  @IsString()
  @MaxLength(10 * CAMPAIGN_NAME_MAX)
  readonly name!: string;

  @ApiPropertyOptional({ maxLength: CAMPAIGN_DESCRIPTION_MAX })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(10 * CAMPAIGN_DESCRIPTION_MAX)
  readonly description?: string;
}

/** What is left out stays as it is. */
export class EditCampaignRequest {
  @ApiPropertyOptional({ maxLength: CAMPAIGN_NAME_MAX, example: 'Payment reminder' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(10 * CAMPAIGN_NAME_MAX)
  readonly name?: string;

  @ApiPropertyOptional({ maxLength: CAMPAIGN_DESCRIPTION_MAX })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(10 * CAMPAIGN_DESCRIPTION_MAX)
  readonly description?: string;
}
