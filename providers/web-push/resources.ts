import type { ProviderResources } from "#infra/constructs/provider-resources.ts";
import { readAccountsOf } from "#infra/constructs/receiving.ts";
import { VIA } from "./settings.ts";

const accounts = readAccountsOf("web-push");

/** Nothing of its own in AWS: the worker may read what is secret of its accounts, and calls push services itself. */
export const webpush: ProviderResources = {
  ...accounts,
  add: (scope) => ({ ...accounts.add(scope), environment: { [VIA]: "direct" } }),
};
