import type { JsonObject } from "#kernel/json.ts";

/** A request to an AWS service, or to a provider that is none, whichever way it came. */
export type AwsRequest = {
  readonly method: string;
  /** Path without query; of a provider's API the path within it. */
  readonly path: string;
  readonly query: string;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
  /** The function that asks (`stage/name`), or null for anyone else. */
  readonly caller: string | null;
  /** The provider by whose address it came. */
  readonly provider?: string;
};
export type AwsResponse = {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  /** Bytes where they may be no text. */
  readonly body: string | Buffer;
};

/** One operation of one service: `sqs:SendMessage`. */
export type Operation = { readonly service: string; readonly name: string };
export const operationName = (operation: Operation): string => `${operation.service}:${operation.name}`;

/** What a service answers with when a request is wrong; turned into its wire form by `errorResponse`. */
export class AwsError extends Error {
  override readonly name = "AwsError";
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** A service: answers one operation, or null when it does not know it (then the caller gets 501). */
export type Service = (operation: string, request: AwsRequest) => AwsResponse | Promise<AwsResponse> | null;

export const jsonResponse = (body: object, type = "application/x-amz-json-1.0"): AwsResponse => ({
  status: 200,
  headers: { "content-type": type },
  body: JSON.stringify(body),
});

/**
 * Every SDK protocol finds its error: `__type` for JSON, `x-amzn-errortype` for REST, the query error for SQS.
 * @param details further members of a JSON body
 */
export function errorResponse(service: string, error: AwsError, details: JsonObject = {}): AwsResponse {
  const fault = error.status >= 500 ? "Receiver" : "Sender";
  const body: JsonObject = { __type: error.code, message: error.message, Message: error.message, ...details };
  if (service === "sns") return xmlError(error, fault);
  if (service === "s3") return s3Error(error);
  return {
    status: error.status,
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amzn-errortype": error.code.replace(/^.*#/, ""),
      ...(service === "sqs" ? { "x-amzn-query-error": `${queryCode(error.code)};${fault}` } : {}),
    },
    body: JSON.stringify(body),
  };
}

const queryCode = (code: string): string =>
  code.endsWith("QueueDoesNotExist") ? "AWS.SimpleQueueService.NonExistentQueue" : code.replace(/^.*#/, "");

function xmlError(error: AwsError, fault: string): AwsResponse {
  const body = `<ErrorResponse><Error><Type>${fault}</Type><Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message></Error></ErrorResponse>`;
  return { status: error.status, headers: { "content-type": "text/xml" }, body };
}

function s3Error(error: AwsError): AwsResponse {
  const body = `<Error><Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message></Error>`;
  return { status: error.status, headers: { "content-type": "application/xml" }, body };
}

export const escapeXml = (text: string): string =>
  text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
