import type { ProviderResources } from "#infra/constructs/provider-resources.ts";

/** Nothing of its own: the worker's table of chats is the hub's. */
export const chat: ProviderResources = { add: () => ({}) };
