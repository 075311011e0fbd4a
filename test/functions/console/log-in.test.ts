import { expect, it } from "vitest";
import { logInCalls } from "#functions/console/session/log-in.ts";
import { operations } from "#functions/console/session/operations.ts";
import { router } from "#runtime/http/router.ts";
import { requestOf } from "../../support/handlers/requests.ts";

const ISSUER = "https://issuer.example";
const refuse = async () => Promise.reject(new Error("not asked"));
const addresses = {
  authorization_endpoint: `${ISSUER}/authorize`,
  token_endpoint: `${ISSUER}/token`,
  userinfo_endpoint: `${ISSUER}/userinfo`,
};
const calls = logInCalls({
  at: { issuer: ISSUER, clientId: "console", publicUrl: "https://hub.example" },
  addresses: async () => addresses,
  tokens: { forCode: refuse },
  random: (bytes) => "r".repeat(bytes),
});
const route = router(
  operations,
  { ...calls, showSession: refuse, renewSession: refuse, endSession: refuse },
  { findKey: async () => null },
);

/** Of all headers of an answer, API Gateway passes on 10 KB; of a cookie, browsers keep 4. */
const MOST_HEADERS = 4_096;

it.each([
  ["a page", "/console/customers/cus_1?tab=timeline"],
  ["a page without end", `/console/${"x".repeat(7_000)}`],
  ["a page of characters that grow when they are written down", `/console/${"\u{1F388}".repeat(900)}`],
  ["a query without end", `/console?q=${"&".repeat(7_000)}`],
])("a log-in that is to come back to %s begins with an answer of a few lines", async (_what, to) => {
  const {
    status,
    headers = {},
    cookies = [],
  } = await route(requestOf("GET /console/login", { query: { to } }));
  expect(status).toBe(302);
  expect(new URL(headers.location ?? "").origin).toBe(ISSUER);
  expect([...Object.values(headers), ...cookies].join("").length).toBeLessThan(MOST_HEADERS);
});
