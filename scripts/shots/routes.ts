import type { KeyInput } from "puppeteer-core";
import { LOCAL_SECRET_KEY } from "#infra/local/state/local-keys.ts";

/** A page that is looked at: its address below `/console`, and keys that open something on it. */
export type Route = { readonly name: string; readonly path: string; readonly keys?: readonly KeyInput[] };

type Entry = { readonly id: string; readonly kind: string; readonly actions?: readonly string[] };

const ask = async <Answer>(url: string, path: string): Promise<Answer> => {
  const answer = await fetch(url + path, { headers: { authorization: `Bearer ${LOCAL_SECRET_KEY}` } });
  return (await answer.json()) as Answer;
};

/** Every page, with Kim of the made-up shop: what was said to her, and why nothing was. */
export const routesOf = async (url: string): Promise<readonly Route[]> => {
  const { customerId } = await ask<{ customerId: string }>(url, "/v1/profiles/userId:kim");
  const { items } = await ask<{ items: readonly Entry[] }>(url, "/v1/profiles/userId:kim/timeline?limit=100");
  const idOf = (fits: (entry: Entry) => boolean): string => items.find(fits)?.id ?? "";
  const kim = `/customers/${customerId}`;
  return [
    { name: "today", path: "/" },
    { name: "commands", path: "/", keys: ["/"] },
    { name: "customers", path: "/customers" },
    { name: "customer", path: kim },
    {
      name: "why-not",
      path: `${kim}?why=${idOf(({ kind, actions }) => kind === "decision" && actions?.length === 0)}`,
    },
    { name: "why", path: `${kim}?why=${idOf(({ actions = [] }) => actions.length > 0)}` },
    { name: "message", path: `${kim}?message=${idOf(({ kind }) => kind === "message")}` },
    { name: "what-if", path: `${kim}?ask=now` },
    { name: "send", path: kim, keys: ["m"] },
    { name: "playbook", path: "/playbook" },
    { name: "outcomes", path: "/outcomes?days=28" },
    { name: "experiments", path: "/outcomes?view=experiments" },
    { name: "models", path: "/outcomes?view=models" },
    { name: "settings", path: "/settings" },
    { name: "nowhere", path: "/nowhere" },
  ];
};
