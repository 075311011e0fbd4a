import type { Handlers } from "#runtime/http/operation.ts";
import {
  checkWebhook,
  listWebhooks,
  type SteerDependencies,
  tellAgain,
} from "#usecases/tell/steer-webhooks.ts";
import type { operations } from "./operations.ts";

/** What answers the calls of operations.ts. */
export const webhooksCalls = (deps: SteerDependencies): Handlers<typeof operations> => ({
  listWebhooks: async () => ({ status: 200, json: { items: await listWebhooks(deps) } }),
  checkWebhook: async ({ params }) => ({ status: 200, json: await checkWebhook(deps, params.name) }),
  tellWebhookAgain: async ({ params }) => ({ status: 200, json: await tellAgain(deps, params.name) }),
});
