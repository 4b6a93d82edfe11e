import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { asyncApiDocument, contractSchemas } from '@poinciana/contracts/schemas';
import { DomainError } from '@poinciana/event-sourcing';
import { Public } from '@poinciana/service-kit';

/** What other programs read to know the topics: the AsyncAPI document, and the JSON Schemas of the values. */
@ApiExcludeController()
@Controller()
export class ContractsController {
  @Get('asyncapi.json')
  @Public()
  asyncApi(): object {
    return asyncApiDocument;
  }

  /** `name`: `<category>.v<version>`. */
  @Get('schemas/:name')
  @Public()
  schema(@Param('name') name: string): object {
    const contract = contractSchemas.find((one) => one.name === name);
    if (contract === undefined) throw new DomainError('schema_not_found', 'There is no such schema.', 'notFound');
    return contract.schema;
  }
}
