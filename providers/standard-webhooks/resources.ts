import type { ProviderResources } from "#infra/constructs/provider-resources.ts";
import { readAccountsOf } from "#infra/constructs/receiving.ts";
import { VIA } from "./settings.ts";

const accounts = readAccountsOf("standard-webhooks");

/** Nothing of its own in AWS: the worker may read what is secret of its accounts, and calls them itself. */
export const webhook: ProviderResources = {
  ...accounts,
  add: (scope) => ({ ...accounts.add(scope), environment: { [VIA]: "direct" } }),
};
