import { randomBytes } from "node:crypto";
import { consoleAt } from "#runtime/http/callers.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { askIssuer } from "#runtime/http/issuer.ts";
import { readAccessToken } from "#runtime/http/sessions.ts";
import { issuerAddresses } from "./addresses.ts";
import { logInCalls } from "./log-in.ts";
import { operations } from "./operations.ts";
import { sessionCalls } from "./session.ts";
import { tokenRequests } from "./tokens.ts";

const at = consoleAt();
const addresses = issuerAddresses(at.issuer, askIssuer);
const deps = {
  at,
  addresses,
  tokens: tokenRequests({ clientId: at.clientId, addresses, ask: askIssuer }),
  readPerson: readAccessToken(at),
  ask: askIssuer,
  random: (bytes: number) => randomBytes(bytes).toString("base64url"),
};

export const handler = httpHandler(operations, { ...logInCalls(deps), ...sessionCalls(deps) });
