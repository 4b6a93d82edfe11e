import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPosition, type Caller, CurrentCaller, WaitsFor } from '@poinciana/service-kit';
import { Definitions } from '../../definitions/definitions.js';
import { type PageAnswer, pageAnswer } from '../../http/page-answer.js';
import { pagingOf } from '../../http/page-request.js';
import { CommunicationView } from '../communications/communication-view.js';
import { COMMUNICATIONS_GROUP } from '../communications/communications.consumer.js';
import { participantItem } from '../participants/participant-details.js';
import { type ParticipantLine, ParticipantView } from '../participants/participant-view.js';
import { PARTICIPANTS_GROUP } from '../participants/participants.consumer.js';
import { searchedIdentity } from '../participants/searched-identity.js';
import { CustomerProfiles } from './customer-profiles.js';
import type { Customer360, CustomerItem } from './customer-360.js';
import { CustomerAnswer, CustomersAnswer, CustomersRequest } from './customers-answers.js';

/** Participations of a customer that are shown: the newest. */
const PARTICIPATIONS_MAX = 200;

@ApiTags('customers')
@ApiBearerAuth()
@WaitsFor(PARTICIPANTS_GROUP, COMMUNICATIONS_GROUP)
@Controller('customers')
export class CustomersController {
  constructor(
    private readonly profiles: CustomerProfiles,
    private readonly participants: ParticipantView<unknown>,
    private readonly communications: CommunicationView<unknown>,
    private readonly definitions: Definitions,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Customers, by the beginning of any identity, in the order in which they changed, page by page',
  })
  @ApiOkResponse({ type: CustomersAnswer })
  @ApiPosition()
  async list(
    @CurrentCaller() { workspace }: Caller,
    @Query() request: CustomersRequest,
  ): Promise<PageAnswer<CustomerItem>> {
    const beginning = searchedIdentity(request.q ?? '');
    const page = await this.participants.customers({
      workspace,
      ...(beginning.text === '' ? {} : { beginning }),
      ...pagingOf(request, 'instant'),
    });
    const answer = pageAnswer(page, request, ({ id, updatedAt }) => ({ value: updatedAt, id }));
    const ids = answer.items.map(({ customerId }) => customerId);
    const campaignsOf = await this.participants.campaignsOf(workspace, ids);
    const items = answer.items.map((line) => customerItem(line, campaignsOf.get(line.customerId) ?? []));
    return { ...answer, items };
  }

  @Get(':id')
  @ApiOperation({ summary: 'The 360 View: profile, campaigns, communications in short and results' })
  @ApiOkResponse({ type: CustomerAnswer })
  @ApiNotFoundResponse({ description: 'There is no such customer (`customer_not_found`).' })
  @ApiPosition()
  async one(@CurrentCaller() { workspace }: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<Customer360> {
    const profile = await this.profiles.read(workspace, id);
    const lines = await this.participants.ofCustomer(workspace, id, PARTICIPATIONS_MAX);
    const summaries = await this.communications.summaries(workspace, lines);
    const summaryOf = new Map(summaries.map((summary) => [summary.participantId, summary]));
    const participations = lines.map(async (line) => ({
      ...participantItem(line, summaryOf.get(line.id)),
      campaignId: line.campaignId,
      campaignName: (await this.definitions.campaign(workspace, line.campaignId)).name,
    }));
    return { ...profile, participations: await Promise.all(participations) };
  }
}

function customerItem(line: ParticipantLine, campaignIds: readonly string[]): CustomerItem {
  const { name, email, phone, externalId, updatedAt } = participantItem(line, undefined);
  return { id: line.customerId, name, email, phone, externalId, campaignIds, updatedAt };
}
