import type { ProviderResources } from "#infra/constructs/provider-resources.ts";
import { readAccountsOf } from "#infra/constructs/receiving.ts";
import { API_URL } from "./settings.ts";

const accounts = readAccountsOf("whatsapp-cloud-api");

const ADDRESS = { [API_URL]: "https://graph.facebook.com/v23.0" };

/** Nothing of its own in AWS: the worker may read what is secret of its accounts, and is told where the API is. */
export const whatsapp: ProviderResources = {
  ...accounts,
  add: (scope) => ({
    ...accounts.add(scope),
    environment: ADDRESS,
  }),
  fetching: ADDRESS,
};
