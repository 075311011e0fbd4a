import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { readAccountsOf, UNREAD } from "#infra/constructs/receiving.ts";
import { operations } from "./operations.ts";

const accounts = readAccountsOf("*");

export default {
  failureImpact:
    "What customers write stays unread: nobody answers them, and who says stop is written to again.",
  operations,
  withoutKey: "Providers show their own signatures, made with the account's secret, instead of a key.",
  uses: [
    "playbooks:read",
    "inbox:send",
    "identifier-key:read",
    "originals:keep",
    "messages:record",
    "customers:read-write",
    "public-url",
  ],
  alarms: [UNREAD],
  resources: accounts.add,
  acknowledged: accounts.acknowledged,
} satisfies FunctionDefinition;
