import { providerError, type ProviderError } from './provider-error.js';

/** What was read, or what the provider says instead. */
export type Reading<Value> = { readonly value: Value } | { readonly error: ProviderError };

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function missing(parameter: string): { readonly error: ProviderError } {
  return { error: providerError(100, `The parameter ${parameter} is required.`) };
}

export function invalid(details: string): { readonly error: ProviderError } {
  return { error: providerError(100, details) };
}
