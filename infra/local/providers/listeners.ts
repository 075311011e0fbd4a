import type { AccountSecrets } from "#ports/provider-accounts.ts";
import { LOCAL } from "#providers/all.local.ts";
import type { AwsRequest, AwsResponse } from "../aws/protocol.ts";
import type { Posted } from "../door/provider-local.ts";
import type { StateDatabase } from "../state/database.ts";

/** The one door to everything that is emulated. */
type Gateway = (request: AwsRequest, crash: () => void) => Promise<AwsResponse | null>;

/** Providers that are spoken to in another way than by HTTP, each on a port of its own. */
export type Listeners = {
  /** What is secret of the account that leads there, by provider. */
  readonly accounts: Readonly<Record<string, AccountSecrets>>;
  /** From then on they take what they are given; before, nobody answers. */
  readonly open: (gateway: Gateway, database: Pick<StateDatabase, "committed">) => void;
};

/**
 * Listens in those providers' place while a hub is only tried: one that serves speaks to the real ones.
 * @param onStop hears what ends it
 */
export async function listenAsProviders(
  isTried: boolean,
  onStop: (close: () => void) => void,
): Promise<Listeners> {
  let take = async (_service: string, _posted: Posted): Promise<number | null> => null;
  const accounts: Record<string, AccountSecrets> = {};
  for (const [name, { service, listens }] of isTried ? LOCAL : []) {
    if (listens === undefined) continue;
    const { address, stop } = await listens.listen((posted) => take(service, posted));
    onStop(stop);
    accounts[name] = listens.account(address);
  }
  return {
    accounts,
    open: (gateway, { committed }) => {
      take = (service, posted) => ask(gateway, service, posted, committed);
    },
  };
}

/** As any request is asked: counted, with the faults that were injected, answered once what it changed is on disk. */
const ask = async (
  gateway: Gateway,
  provider: string,
  { headers, body }: Posted,
  committed: () => Promise<void>,
): Promise<number | null> => {
  const request = { method: "POST", path: "/", query: "", headers, body, caller: null, provider };
  const answer = await gateway(request, () => {});
  await committed();
  return answer?.status ?? null;
};
