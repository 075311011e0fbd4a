import { maskAddresses } from "#domain/profile/masking.ts";
import type { Caller } from "./caller.ts";
import type { HttpResponse } from "./http-response.ts";
import type { Operation } from "./operation.ts";
import { seesAddresses } from "./roles.ts";

/** Whether addresses of customers are masked for a caller: for people whose roles do not see them. A key is shown what it asks for. */
export const isMasked = (caller: Caller): boolean => caller.kind === "person" && !seesAddresses(caller.roles);

/** The answer as the caller may see it. Masked is what is not said to be unmasked: a new call gives nothing away. */
export const masked = (answer: HttpResponse, operation: Operation, caller: Caller): HttpResponse =>
  operation.unmasked !== undefined || answer.json === undefined || !isMasked(caller)
    ? answer
    : { ...answer, json: maskAddresses(answer.json) };
