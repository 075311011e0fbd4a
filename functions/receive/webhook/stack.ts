import type { FunctionDefinition } from "#infra/constructs/definition.ts";
import { fetchingSettings } from "#infra/constructs/provider-resources.ts";
import { readAccountsOf, UNREAD } from "#infra/constructs/receiving.ts";
import * as RESOURCES from "#providers/all.resources.ts";
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
  resources: (scope) => ({ ...accounts.add(scope), environment: fetchingSettings(RESOURCES) }),
  acknowledged: accounts.acknowledged,
} satisfies FunctionDefinition;
