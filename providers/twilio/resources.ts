import type { ProviderResources } from "#infra/constructs/provider-resources.ts";
import { readAccountsOf } from "#infra/constructs/receiving.ts";
import { API_URL } from "./settings.ts";

const accounts = readAccountsOf("twilio");

/** Nothing of its own in AWS: the worker may read what is secret of its accounts, and is told where the API is. */
export const sms: ProviderResources = {
  ...accounts,
  add: (scope) => ({ ...accounts.add(scope), environment: { [API_URL]: "https://api.twilio.com" } }),
};
