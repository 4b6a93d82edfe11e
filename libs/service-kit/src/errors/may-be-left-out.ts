import { ValidateIf } from 'class-validator';

/** A property of a body that need not be there. Unlike `IsOptional`, it does not take null for nothing: its other rules refuse that. */
export function MayBeLeftOut(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}
