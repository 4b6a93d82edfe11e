import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { ApiPosition, type Caller, CurrentCaller, WaitsFor } from '@poinciana/service-kit';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { participantItem, type ParticipantItem } from './participant-details.js';
import { ParticipantView } from './participant-view.js';
import { PARTICIPANTS_GROUP } from './participants.consumer.js';
import { ParticipantItemAnswer } from './participants-answers.js';
import { searchedIdentity } from './searched-identity.js';

const FOUND_MAX = 50;

class PeopleRequest {
  @ApiProperty({
    description: 'How a name, an email, a phone number or an external ID begins.',
    minLength: 2,
    maxLength: 256,
    example: 'anna',
  })
  @IsString()
  @MinLength(2)
  @MaxLength(256)
  readonly q!: string;
}

class PersonAnswer extends ParticipantItemAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly campaignId!: string;
}

class PeopleAnswer {
  @ApiProperty({ type: [PersonAnswer], description: `At most ${FOUND_MAX}.` })
  readonly items!: readonly PersonAnswer[];
}

@ApiTags('participants')
@ApiBearerAuth()
@WaitsFor(PARTICIPANTS_GROUP)
@Controller('people')
export class PeopleController {
  constructor(private readonly participants: ParticipantView<unknown>) {}

  @Get()
  @ApiOperation({
    summary: 'People of all campaigns by the beginning of a name, an email, a phone number or an external ID',
  })
  @ApiOkResponse({ type: PeopleAnswer })
  @ApiPosition()
  async search(
    @CurrentCaller() { workspace }: Caller,
    @Query() { q }: PeopleRequest,
  ): Promise<{ readonly items: readonly (ParticipantItem & { readonly campaignId: string })[] }> {
    const lines = await this.participants.search(workspace, searchedIdentity(q), FOUND_MAX);
    return { items: lines.map((line) => ({ ...participantItem(line, undefined), campaignId: line.campaignId })) };
  }
}
