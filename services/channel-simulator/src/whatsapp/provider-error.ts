/** An error as the Cloud API names it: the code decides, the title is for people, the details say what exactly. */
interface CataloguedError {
  readonly httpStatus: number;
  readonly title: string;
  readonly details: string;
}

/** Codes of the Cloud API's error reference [D]. 130429 is answered with 429 here; Meta has been seen to answer 400 or 429. */
const CATALOGUE: Readonly<Record<number, CataloguedError>> = {
  0: { httpStatus: 401, title: 'AuthException', details: 'We were unable to authenticate the app user.' },
  1: { httpStatus: 400, title: 'API Unknown', details: 'Invalid request or possible server error.' },
  2: { httpStatus: 503, title: 'API Service', details: 'Temporary due to downtime or due to being overloaded.' },
  3: { httpStatus: 500, title: 'API Method', details: 'Capability or permissions issue.' },
  4: { httpStatus: 400, title: 'API Too Many Calls', details: 'The app has reached its API call rate limit.' },
  10: {
    httpStatus: 403,
    title: 'API Permission Denied',
    details: 'Permission is either not granted or has been removed.',
  },
  100: {
    httpStatus: 400,
    title: 'Invalid parameter',
    details: 'The request included one or more unsupported or misspelled parameters.',
  },
  190: { httpStatus: 401, title: 'Access token has expired', details: 'The access token is not valid.' },
  368: {
    httpStatus: 403,
    title: 'Temporarily blocked for policies violations',
    details: 'The account was restricted for violating a policy.',
  },
  80007: {
    httpStatus: 400,
    title: 'Rate limit issues',
    details: 'The WhatsApp Business Account has reached its rate limit.',
  },
  130429: { httpStatus: 429, title: 'Rate limit hit', details: 'Cloud API message throughput has been reached.' },
  130472: {
    httpStatus: 400,
    title: "User's number is part of an experiment",
    details: 'Message was not sent as part of an experiment.',
  },
  131000: {
    httpStatus: 500,
    title: 'Something went wrong',
    details: 'Message failed to send due to an unknown error.',
  },
  131005: { httpStatus: 403, title: 'Access denied', details: 'Permission is either not granted or has been removed.' },
  131008: {
    httpStatus: 400,
    title: 'Required parameter is missing',
    details: 'The request is missing a required parameter.',
  },
  131009: {
    httpStatus: 400,
    title: 'Parameter value is not valid',
    details: 'One or more parameter values are invalid.',
  },
  131016: { httpStatus: 500, title: 'Service unavailable', details: 'A service is temporarily unavailable.' },
  131021: {
    httpStatus: 400,
    title: 'Recipient cannot be sender',
    details: 'Sender and recipient phone number is the same.',
  },
  131026: {
    httpStatus: 400,
    title: 'Message undeliverable',
    details: 'Unable to deliver the message: the recipient is not on WhatsApp.',
  },
  131031: {
    httpStatus: 403,
    title: 'Account has been locked',
    details: 'The account was locked for a policy violation.',
  },
  131042: {
    httpStatus: 400,
    title: 'Business eligibility payment issue',
    details: 'There was an error related to your payment method.',
  },
  131047: {
    httpStatus: 400,
    title: 'Re-engagement message',
    details: 'More than 24 hours have passed since the recipient last replied to the sender number.',
  },
  131048: {
    httpStatus: 400,
    title: 'Spam rate limit hit',
    details: 'Too many messages of this phone number were blocked or flagged as spam.',
  },
  131049: {
    httpStatus: 400,
    title: 'Meta chose not to deliver',
    details: 'Not delivered to maintain healthy ecosystem engagement.',
  },
  131050: {
    httpStatus: 400,
    title: 'User has stopped marketing messages',
    details: 'The person opted out of marketing messages.',
  },
  131051: { httpStatus: 400, title: 'Unsupported message type', details: 'Unsupported message type.' },
  131052: { httpStatus: 400, title: 'Media download error', details: 'Unable to download the media sent by the user.' },
  131053: { httpStatus: 400, title: 'Media upload error', details: 'Unable to upload the media used in the message.' },
  131056: {
    httpStatus: 400,
    title: '(Business Account, Consumer Account) pair rate limit hit',
    details:
      'Too many messages sent from the sender phone number to the same recipient phone number in a short period of time.',
  },
  131057: {
    httpStatus: 500,
    title: 'Account in maintenance mode',
    details: 'The business account is in maintenance mode.',
  },
  132000: {
    httpStatus: 400,
    title: 'Template param count mismatch',
    details: 'The number of parameters does not match the template.',
  },
  132001: {
    httpStatus: 404,
    title: 'Template does not exist',
    details: 'The template does not exist in the language or is not approved.',
  },
  132005: { httpStatus: 400, title: 'Template hydrated text too long', details: 'The translated text is too long.' },
  132007: {
    httpStatus: 400,
    title: 'Template format character policy violated',
    details: 'The template content violates a policy.',
  },
  132012: {
    httpStatus: 400,
    title: 'Template parameter format mismatch',
    details: 'Parameter values are formatted incorrectly.',
  },
  132015: { httpStatus: 400, title: 'Template is paused', details: 'The template is paused due to low quality.' },
  132016: {
    httpStatus: 400,
    title: 'Template is disabled',
    details: 'The template was paused too many times and is disabled.',
  },
  133010: {
    httpStatus: 400,
    title: 'Phone number not registered',
    details: 'The phone number is not registered on the platform.',
  },
};

const UNLISTED: CataloguedError = {
  httpStatus: 500,
  title: 'Unlisted error',
  details: 'An error of no further description.',
};
const ERROR_REFERENCE = 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/';

/** What the provider refuses a request with. */
export interface ProviderError {
  readonly code: number;
  readonly httpStatus: number;
  /** Says what exactly; absent for what the catalogue says. */
  readonly details?: string | undefined;
  /** `error_subcode`; 33 with code 100 means "no such object". */
  readonly subcode?: number | undefined;
}

export function providerError(code: number, details?: string, httpStatus?: number): ProviderError {
  return { code, httpStatus: httpStatus ?? (CATALOGUE[code] ?? UNLISTED).httpStatus, details };
}

let traces = 0;

/** The answer's body: `{error: {message, type, code, error_data, fbtrace_id}}`. */
export function errorBody(error: ProviderError): object {
  const { title, details } = CATALOGUE[error.code] ?? UNLISTED;
  traces += 1;
  return {
    error: {
      message: `(#${error.code}) ${title}`,
      type: 'OAuthException',
      code: error.code,
      ...(error.subcode === undefined ? {} : { error_subcode: error.subcode }),
      error_data: { messaging_product: 'whatsapp', details: error.details ?? details },
      fbtrace_id: `A${traces.toString(36).padStart(10, '0')}`,
    },
  };
}

/** One item of a failed status's `errors`. */
export function statusError(code: number, details?: string): object {
  const catalogued = CATALOGUE[code] ?? UNLISTED;
  return {
    code,
    title: catalogued.title,
    message: catalogued.title,
    error_data: { details: details ?? catalogued.details },
    href: ERROR_REFERENCE,
  };
}
