import { jsonBytes } from '@poinciana/campaign-definition';
import { ValidateBy, type ValidationOptions } from 'class-validator';

/**
 * A part of a request that an event will hold as it is: as JSON it has at most so many bytes in UTF-8. All such parts of one
 * request together stay below what an event may have.
 */
export function JsonBytesMax(max: number, options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'jsonBytesMax',
      constraints: [max],
      validator: {
        validate: (value: unknown) => jsonBytes(value) <= max,
        defaultMessage: () => `$property must not be larger than ${max} bytes of JSON`,
      },
    },
    options,
  );
}
