import 'reflect-metadata';
import { ValidationPipe, type ArgumentMetadata, type PipeTransform, type ValidationError } from '@nestjs/common';
import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { RequestRefusal, type FieldProblem } from './problem.js';

/** A request names at most this many of its problems. */
const PROBLEMS_MAX = 100;

/**
 * Checks bodies, queries and parameters against the DTOs; unknown properties are refused, one problem a field (422).
 * class-validator takes a list of valid objects for a valid object: what the DTO does not declare as a list must be none.
 */
export class RequestValidation implements PipeTransform<unknown, Promise<unknown>> {
  private readonly validation = new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => invalidRequest(errors.flatMap((error) => problemsOf(error, ''))),
  });

  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const request: unknown = await this.validation.transform(value, metadata);
    const lists = undeclaredLists(request, '');
    if (lists.length > 0) throw invalidRequest(lists);
    return request;
  }
}

function invalidRequest(problems: readonly FieldProblem[]): RequestRefusal {
  const detail = 'The request has fields that are missing, unknown or not valid.';
  return new RequestRefusal(422, 'invalid_request', detail, problems.slice(0, PROBLEMS_MAX));
}

/** Only DTOs have types that decorators kept, so the walk ends where plain JSON begins. */
function undeclaredLists(request: unknown, parent: string): FieldProblem[] {
  if (Array.isArray(request)) return request.flatMap((item, index) => undeclaredLists(item, `${parent}/${index}`));
  if (typeof request !== 'object' || request === null || Object.getPrototypeOf(request) === Object.prototype) return [];
  return Object.entries(request).flatMap(([name, value]) => {
    const field = `${parent}/${escapePointer(name)}`;
    const declared: unknown = Reflect.getMetadata('design:type', request, name);
    const mustBeNone = Array.isArray(value) && declared !== undefined && declared !== Array && declared !== Object;
    if (mustBeNone) return [{ field, detail: 'must not be a list' }];
    return [...listsAmongObjects(request, name, value, field), ...undeclaredLists(value, field)];
  });
}

/** Where a DTO declares a list of objects, class-validator takes a list among them for one. */
function listsAmongObjects(request: object, name: string, value: unknown, field: string): FieldProblem[] {
  if (!Array.isArray(value) || !value.some(Array.isArray) || !isListOfObjects(request, name)) return [];
  return value.flatMap((item: unknown, index) =>
    Array.isArray(item) ? [{ field: `${field}/${index}`, detail: 'must not be a list' }] : [],
  );
}

function isListOfObjects(request: object, name: string): boolean {
  const declared = getMetadataStorage().getTargetValidationMetadatas(request.constructor, '', false, false);
  return declared.some(({ propertyName, type }) => propertyName === name && type === ValidationTypes.NESTED_VALIDATION);
}

function problemsOf(error: ValidationError, parent: string): FieldProblem[] {
  const field = error.property === undefined ? parent : `${parent}/${escapePointer(error.property)}`;
  const inner = (error.children ?? []).flatMap((child) => problemsOf(child, field));
  const own = Object.entries(error.constraints ?? {}).map(([rule, detail]) => ({
    field,
    detail: sentence(rule, detail),
  }));
  return [...own, ...inner];
}

function sentence(rule: string, detail: string): string {
  if (rule === 'whitelistValidation') return 'is not known';
  if (rule === 'unknownValue') return 'must be an object';
  return detail;
}

function escapePointer(name: string): string {
  return name.replace(/~/g, '~0').replace(/\//g, '~1');
}
