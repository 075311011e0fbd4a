import { RapportError } from "#kernel/errors.ts";
import { type HttpResult, toProblem } from "#runtime/http/http-response.ts";

const answer = toProblem(new RapportError("not_found", "there is nothing under this path"));

/** Answers whatever no route takes, in the form that clients know. API Gateway alone would answer in its own. */
export const handler = async (): Promise<HttpResult> => answer;
