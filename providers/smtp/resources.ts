import type { ProviderResources } from "#infra/constructs/provider-resources.ts";
import { readAccountsOf } from "#infra/constructs/receiving.ts";

/** Nothing of its own in AWS: the worker may read what is secret of its accounts. */
export const email: ProviderResources = readAccountsOf("smtp");
