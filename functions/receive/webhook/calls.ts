import { ACCOUNT_NAME } from "#kernel/account-name.ts";
import { RapportError } from "#kernel/errors.ts";
import type { Clock } from "#ports/clock.ts";
import type { InboundCall, InboundWebhook, ProviderInbound } from "#ports/provider.ts";
import type { AccountSecrets, ProviderAccounts } from "#ports/provider-accounts.ts";
import type { Call, Handlers } from "#runtime/http/operation.ts";
import { type ReceiveDependencies, receiveMessages } from "#usecases/receive/receive-messages.ts";
import type { operations } from "./operations.ts";

export type WebhookDependencies = ReceiveDependencies & {
  readonly accounts: ProviderAccounts;
  readonly inbound: ReadonlyMap<string, ProviderInbound>;
  /** Where providers reach the hub, without a slash at the end: some sign the address that they call. */
  readonly publicUrl: string;
  /** Where originals are kept. */
  readonly bucket: string;
  /** The value of a setting of the function. */
  readonly setting: (name: string) => string;
  readonly clock: Clock;
};

type Named = { readonly provider: string; readonly account: string };
/** A provider and an account of ours there. */
type Door = {
  readonly inbound: ProviderInbound;
  readonly webhook: InboundWebhook;
  readonly secrets: AccountSecrets;
};

/** The account that a call is for. Throws `not_found`, the same for a provider that calls nobody and an account of nobody. */
const doorOf = async ({ accounts, inbound, telemetry }: WebhookDependencies, named: Named): Promise<Door> => {
  const { provider, account } = named;
  const found = inbound.get(provider);
  const webhook = found?.webhook;
  const secrets =
    webhook === undefined || !ACCOUNT_NAME.test(account) ? null : await accounts.find(provider, account);
  if (found === undefined || webhook === undefined || secrets === null)
    throw new RapportError("not_found", "there is no such account");
  if (webhook.secrets.some((name) => !secrets[name])) {
    telemetry.log.error("an account lacks a secret that its calls are signed with", null, { code: provider });
    throw new RapportError("not_found", "there is no such account");
  }
  return { inbound: found, webhook, secrets };
};

const forged = (): RapportError =>
  new RapportError("signature_invalid", "the signature is missing, wrong, or older than five minutes");

const callOf = (publicUrl: string, call: Call<typeof operations.takeProviderCall>): InboundCall => ({
  url: `${publicUrl}${call.path}${call.rawQuery === "" ? "" : `?${call.rawQuery}`}`,
  headers: call.headers,
  body: call.bodyBytes,
});

/** What answers the calls of operations.ts. */
export const webhookCalls = (deps: WebhookDependencies): Handlers<typeof operations> => ({
  takeProviderCall: async (given) => {
    const { provider, account } = given.params;
    const { inbound, webhook, secrets } = await doorOf(deps, given.params);
    const call = callOf(deps.publicUrl, given);
    if (!webhook.isGenuine(call, secrets, deps.clock.now())) throw forged();
    const payload = webhook.payloadOf?.(call, given.json) ?? given.json();
    const readings = inbound.read(payload, account, deps.clock.now()) ?? null;
    const text = given.bodyBytes.toString("utf8");
    const media =
      inbound.media === undefined
        ? {}
        : {
            media: {
              fetch: inbound.media,
              secret: (name: string) => secrets[name] ?? "",
              setting: deps.setting,
              bucket: deps.bucket,
            },
          };
    await receiveMessages(deps, { way: { provider, account }, payload: text, readings, ...media });
    return { status: 200, json: { received: readings?.messages.length ?? 0 } };
  },
  answerProvider: async ({ params, query }) => {
    const { webhook, secrets } = await doorOf(deps, params);
    const answer = webhook.greeting?.(query, secrets) ?? null;
    if (answer === null) throw forged();
    return { status: 200, body: answer, headers: { "content-type": "text/plain; charset=utf-8" } };
  },
});
