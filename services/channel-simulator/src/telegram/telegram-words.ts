import type { HttpAnswer } from '../channels/http-answer.js';

/** An error as the Bot API says it. */
export function refusal(
  errorCode: number,
  description: string,
  parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number },
): HttpAnswer {
  const body = refusalBody(errorCode, description, parameters);
  return { does: 'answer', httpStatus: errorCode, body: JSON.stringify(body) };
}

export function refusalBody(
  errorCode: number,
  description: string,
  parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number },
): object {
  return { ok: false, error_code: errorCode, description, ...(parameters === undefined ? {} : { parameters }) };
}

/** Descriptions by code, as the open-source Bot API server has them. */
export const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'Bad Request: chat not found',
  401: 'Unauthorized',
  403: 'Forbidden: bot was blocked by the user',
  404: 'Not Found',
  409: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  429: 'Too Many Requests: retry later',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
};

export function success(result: unknown): HttpAnswer {
  return { does: 'answer', httpStatus: 200, body: JSON.stringify({ ok: true, result }) };
}
