import type { ApiAnswer } from "#ports/provider-contract.ts";

/** An error as AWS services word it: every protocol of theirs finds its name. */
export const awsError = (name: string, status = 400, message = "", more: object = {}): ApiAnswer => ({
  status,
  headers: { "x-amzn-errortype": name },
  body: { __type: name, message, Message: message, ...more },
});

export const awsAnswer = (body: object): ApiAnswer => ({ status: 200, body });
