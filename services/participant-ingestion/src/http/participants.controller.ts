import { Body, Controller, Headers, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPosition,
  type Caller,
  CurrentCaller,
  CurrentRequest,
  type RequestIdentity,
  RequestRefusal,
  Roles,
  type Written,
  written,
} from '@poinciana/service-kit';
import { AddParticipants, REQUEST_ITEMS_MAX } from '../handlers/add-participants.js';
import { ParticipantsAnswer } from './participant-answers.js';

const IDEMPOTENCY_KEY = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/;
const ITEM_SCHEMA = {
  type: 'object',
  required: ['attributes'],
  properties: {
    attributes: {
      type: 'object',
      additionalProperties: true,
      description: 'Values by field name. null clears a value.',
    },
    timezone: { type: 'string', example: 'Europe/London' },
    object_id: { type: 'string', example: 'loan_456' },
  },
};

@ApiTags('participants')
@ApiBearerAuth()
@Controller('campaigns/:campaignId/participants')
export class ParticipantsController {
  constructor(private readonly addParticipants: AddParticipants) {}

  @Post()
  @Roles('manager')
  @HttpCode(200)
  @ApiOperation({ summary: 'Adds participants, or updates those who are known' })
  @ApiHeader({
    name: 'idempotency-key',
    required: false,
    description: 'A repeated request with the same key is answered as the first.',
  })
  @ApiBody({ schema: { type: 'array', maxItems: REQUEST_ITEMS_MAX, items: ITEM_SCHEMA } })
  @ApiOkResponse({ type: ParticipantsAnswer })
  @ApiPosition()
  async add(
    @CurrentCaller() { workspace, subject }: Caller,
    @CurrentRequest() { causation }: RequestIdentity,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body() body: unknown,
  ): Promise<Written<ParticipantsAnswer>> {
    if (idempotencyKey !== undefined && !IDEMPOTENCY_KEY.test(idempotencyKey)) {
      throw new RequestRefusal(
        400,
        'malformed_idempotency_key',
        'An Idempotency-Key has 1 to 100 letters, digits, dots, colons, hyphens and underscores.',
      );
    }
    const request = { workspace, campaignId, actor: `user:${subject}`, causation, body };
    const { outcomes, position } = await this.addParticipants.execute(
      idempotencyKey === undefined ? request : { ...request, idempotencyKey },
    );
    return written({ items: outcomes }, position);
  }
}
