import * as z from "zod/mini";
import { type AccountOptions, commonAccount } from "./account.ts";
import { localFigures, since } from "./figures.ts";
import type { Figures, ProofAccount } from "./port.ts";

const Outbox = z.object({ items: z.array(z.unknown()) });

/** A local cloud, which plays the account: nothing is deployed there, and it tells what it would have sent. */
export const localProof = (given: AccountOptions, url: string): ProofAccount => {
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${url}/_local/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok)
      throw new Error(`the local cloud answered ${answer.status} to /_local/${path.split("?")[0]}`);
    return text === "" ? null : JSON.parse(text);
  };
  let before: Figures | undefined;
  return {
    ...commonAccount(given),
    kind: "local",
    report: async (messageId, type) => void (await ask("POST", "feedback", { messageId, type })),
    mailAt: async (address) => {
      const { items } = Outbox.parse(await ask("GET", `outbox?to=${encodeURIComponent(address)}`));
      if (items.length === 0) throw new Error("the outbox holds no mail to that address");
      return { text: JSON.stringify(items[0]) };
    },
    startCounting: async () => {
      before = localFigures(await ask("GET", "usage"));
    },
    figures: async () => since(before, localFigures(await ask("GET", "usage"))),
  };
};
