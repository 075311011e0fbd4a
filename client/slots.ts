import type { JsonObject, SlotOutcomeRequest, SlotsAnswer, SlotsRequest } from "./api.generated.ts";
import type { Sending } from "./transport.ts";
import type { Visitor } from "./visitor.ts";

/** What to show in one slot, and what the page tells of it. Each counts once, however often it is told. */
export type Slot = SlotsAnswer["items"][number] & {
  readonly seen: () => Promise<void>;
  readonly clicked: () => Promise<void>;
  readonly dismissed: () => Promise<void>;
};

type Send = (sending: Sending) => Promise<unknown>;

/** Tells what came of a slot. It arrives even when the page is left by the same click. */
const report =
  (send: Send, token: string, outcome: SlotOutcomeRequest["outcome"]) => async (): Promise<void> => {
    const body = (): SlotOutcomeRequest => ({ outcome });
    const path = `/v1/slots/${encodeURIComponent(token)}`;
    await send({ method: "POST", path, body, repeatable: true, keepalive: true });
  };

/** Asks what to show now. A user id counts by a proof alone, so without one it is the browser that is asked for. */
export const askSlots = async (
  send: Send,
  { anonymousId, identity }: Visitor,
  asked: { readonly writeKey: string; readonly placements: readonly string[]; readonly context: JsonObject },
): Promise<readonly Slot[]> => {
  const body = (): SlotsRequest => ({ ...asked, anonymousId, ...identity });
  const answer = await send({ method: "POST", path: "/v1/slots", body, repeatable: true });
  return (answer as SlotsAnswer).items.map((item) => ({
    ...item,
    seen: report(send, item.token, "seen"),
    clicked: report(send, item.token, "clicked"),
    dismissed: report(send, item.token, "dismissed"),
  }));
};
