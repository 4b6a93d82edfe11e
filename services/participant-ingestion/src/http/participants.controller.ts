import { Body, Controller, Delete, Headers, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  ApiPosition,
  type Caller,
  CurrentCaller,
  CurrentRequest,
  type RequestIdentity,
  RequestRefusal,
  Roles,
  StreamedBody,
  type Written,
  written,
} from '@poinciana/service-kit';
import { AddParticipants, REQUEST_ITEMS_MAX } from '../handlers/add-participants.js';
import { DeleteParticipant } from '../handlers/delete-participant.js';
import { EditParticipant } from '../handlers/edit-participant.js';
import { commandOf } from './caller-command.js';
import { EditParticipantRequest } from './customer-requests.js';
import { ItemAnswer, ParticipantsAnswer } from './participant-answers.js';

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
  constructor(
    private readonly addParticipants: AddParticipants,
    private readonly editParticipant: EditParticipant,
    private readonly deleteParticipant: DeleteParticipant,
  ) {}

  @Post()
  @StreamedBody()
  @Roles('manager')
  @HttpCode(200)
  @ApiOperation({ summary: 'Adds participants, or updates those who are known' })
  @ApiHeader({
    name: 'idempotency-key',
    required: false,
    example: 'import-2026-11-20',
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

  @Patch(':participantId')
  @Roles('manager')
  @ApiOperation({ summary: 'Changes values of one participant and of the profile behind it' })
  @ApiOkResponse({ type: ItemAnswer })
  @ApiPosition()
  async edit(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('participantId', ParseUUIDPipe) participantId: string,
    @Body() body: EditParticipantRequest,
  ): Promise<Written<ItemAnswer>> {
    const command = commandOf(caller, request);
    const { outcome, position } = await this.editParticipant.execute(command, campaignId, participantId, body);
    return written(outcome, position);
  }

  @Delete(':participantId')
  @Roles('manager')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Deletes a participant from the campaign and cancels its communications; the customer stays',
  })
  @ApiNoContentResponse()
  @ApiPosition()
  async remove(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('participantId', ParseUUIDPipe) participantId: string,
  ): Promise<Written<undefined>> {
    return written(
      undefined,
      await this.deleteParticipant.execute(commandOf(caller, request), campaignId, participantId),
    );
  }
}
