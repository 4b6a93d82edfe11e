import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Query } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiNotFoundResponse,
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
  Roles,
  type Written,
  written,
} from '@poinciana/service-kit';
import { CustomerQueries } from '../handlers/customer-queries.js';
import { EditCustomer } from '../handlers/edit-customer.js';
import { EraseCustomer } from '../handlers/erase-customer.js';
import { commandOf } from './caller-command.js';
import { CustomerAnswer, CustomerDetailsAnswer, CustomerPageAnswer } from './customer-answers.js';
import { CustomerListQuery, EditCustomerRequest } from './customer-requests.js';

@ApiTags('customers')
@ApiBearerAuth()
@Controller('customers')
export class CustomersController {
  constructor(
    private readonly queries: CustomerQueries,
    private readonly editCustomer: EditCustomer,
    private readonly eraseCustomer: EraseCustomer,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The customers of the workspace, page by page; or those whom an identity belongs to' })
  @ApiOkResponse({ type: CustomerPageAnswer })
  async list(
    @CurrentCaller() { workspace }: Caller,
    @Query() { search, limit, after }: CustomerListQuery,
  ): Promise<CustomerPageAnswer> {
    const { customers, next } =
      search === undefined
        ? await this.queries.list(workspace, limit, after)
        : await this.queries.search(workspace, search, limit);
    return next === undefined ? { items: customers } : { items: customers, next };
  }

  @Get(':customerId')
  @ApiOperation({ summary: 'A profile, always up to date, and where the customer is a participant' })
  @ApiOkResponse({ type: CustomerDetailsAnswer })
  @ApiNotFoundResponse({ description: 'There is no such customer (`customer_not_found`).' })
  async one(
    @CurrentCaller() { workspace }: Caller,
    @Param('customerId', ParseUUIDPipe) customerId: string,
  ): Promise<CustomerDetailsAnswer> {
    return this.queries.details(workspace, customerId);
  }

  @Patch(':customerId')
  @Roles('manager')
  @ApiOperation({ summary: 'Changes values of a profile; its participants follow in every campaign' })
  @ApiOkResponse({ type: CustomerAnswer })
  @ApiPosition()
  async edit(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('customerId', ParseUUIDPipe) customerId: string,
    @Body() { attributes }: EditCustomerRequest,
  ): Promise<Written<CustomerAnswer>> {
    const position = await this.editCustomer.execute(commandOf(caller, request), customerId, attributes);
    return written(await this.queries.details(caller.workspace, customerId), position);
  }

  @Delete(':customerId')
  @Roles('manager')
  @HttpCode(202)
  @ApiOperation({ summary: 'Erases a customer: out of every campaign, and every personal value for ever' })
  @ApiAcceptedResponse({ description: 'The customer is erased; what is kept about the person is being removed.' })
  @ApiPosition()
  async erase(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: RequestIdentity,
    @Param('customerId', ParseUUIDPipe) customerId: string,
  ): Promise<Written<undefined>> {
    return written(undefined, await this.eraseCustomer.execute(commandOf(caller, request), customerId));
  }
}
