import { Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import type { FieldDefinition } from '@poinciana/campaign-definition';
import { DomainError } from '@poinciana/event-sourcing';
import { ApiPosition, type Caller, CurrentCaller, Roles, WaitsFor } from '@poinciana/service-kit';
import { Definitions } from '../../definitions/definitions.js';
import { type FieldIndex, FieldIndexes, type FieldIndexState } from './field-indexes.js';
import { PARTICIPANTS_GROUP } from './participants.consumer.js';

const ApiField = () => ApiParam({ name: 'field', type: String, example: 'due_date' });

class FieldIndexAnswer implements FieldIndex {
  @ApiProperty({ example: 'due_date' })
  readonly field!: string;
  @ApiProperty({ enum: ['none', 'building', 'ready'], example: 'ready' })
  readonly state!: FieldIndexState;
}

class FieldIndexesAnswer {
  @ApiProperty({ type: [FieldIndexAnswer] })
  readonly items!: readonly FieldIndexAnswer[];
}

/** Indexes for filters on fields of a campaign. */
@ApiTags('participants')
@ApiBearerAuth()
@ApiNotFoundResponse({ description: 'The campaign has no such field (`field_not_found`).' })
@ApiPosition()
@WaitsFor(PARTICIPANTS_GROUP)
@Controller('campaigns/:campaignId/field-indexes')
export class FieldIndexesController {
  constructor(
    private readonly indexes: FieldIndexes,
    private readonly definitions: Definitions,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Which fields of the campaign have an index, so that filters on them are quick' })
  @ApiOkResponse({ type: FieldIndexesAnswer })
  async list(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
  ): Promise<FieldIndexesAnswer> {
    const fields = await this.fields(workspace, campaignId);
    return {
      items: await this.indexes.list(
        campaignId,
        fields.map(({ name }) => name),
      ),
    };
  }

  @Put(':field')
  @ApiField()
  @Roles('manager')
  @HttpCode(202)
  @ApiOperation({ summary: 'Begins to build an index on a field; asking again tells how it is' })
  @ApiAcceptedResponse({ type: FieldIndexAnswer })
  async build(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('field') name: string,
  ): Promise<FieldIndex> {
    const fields = await this.fields(workspace, campaignId);
    const field = fieldOf(fields, name);
    return this.indexes.build(
      campaignId,
      field.name,
      field.type,
      fields.map((each) => each.name),
    );
  }

  @Delete(':field')
  @ApiField()
  @Roles('manager')
  @HttpCode(204)
  @ApiOperation({ summary: 'Takes the index on a field away' })
  @ApiNoContentResponse()
  async drop(
    @CurrentCaller() { workspace }: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Param('field') name: string,
  ): Promise<void> {
    await this.indexes.drop(campaignId, fieldOf(await this.fields(workspace, campaignId), name).name);
  }

  private async fields(workspace: string, campaignId: string): Promise<readonly FieldDefinition[]> {
    return (await this.definitions.campaign(workspace, campaignId)).fields as readonly FieldDefinition[];
  }
}

function fieldOf(fields: readonly FieldDefinition[], name: string): FieldDefinition {
  const field = fields.find((each) => each.name === name);
  if (field === undefined)
    throw new DomainError('field_not_found', 'The campaign has no field of this name', 'notFound');
  return field;
}
