import type { KeyInput } from "puppeteer-core";
import { LOCAL_SECRET_KEY } from "#infra/local/state/local-keys.ts";
import type { Role } from "#runtime/http/roles.ts";

/** A page that is looked at: its address below `/console`, and keys that open something on it. */
export type Route = {
  readonly name: string;
  readonly path: string;
  readonly keys?: readonly KeyInput[];
  /** Who looks at it; left out: a marketer, who may do most. */
  readonly as?: Role;
};

type Entry = { readonly id: string; readonly kind: string; readonly actions?: readonly string[] };

const ask = async <Answer>(url: string, path: string, sent?: RequestInit): Promise<Answer> => {
  const headers = { authorization: `Bearer ${LOCAL_SECRET_KEY}`, "content-type": "application/json" };
  const answer = await fetch(url + path, { ...sent, headers });
  return (await answer.json()) as Answer;
};

/** What the draft that is shown changes: more is asked of somebody who is to be a very important person. */
const CHANGED = { path: "segments.yaml", from: ">= 500", to: ">= 800" };

type Files = {
  readonly files: Readonly<Record<string, { readonly text: string; readonly revision: string }>>;
};

/** The words that are looked at: in the order of names a template in the language of the brand comes last. */
const WORDS = "templates/welcome/";

/** Begins a draft that changes a segment, and gives its page and that of a template in it. */
const beginDraft = async (url: string): Promise<{ readonly draft: string; readonly words: string }> => {
  const begun = JSON.stringify({ name: "Fewer very important people" });
  const { draftId } = await ask<{ draftId: string }>(url, "/v1/drafts", { method: "POST", body: begun });
  const { files } = await ask<Files>(url, `/v1/drafts/${draftId}/files`);
  const file = files[CHANGED.path];
  const { text = "", revision: began = null } = file ?? {};
  const saved = { files: [{ path: CHANGED.path, text: text.replace(CHANGED.from, CHANGED.to), began }] };
  await ask(url, `/v1/drafts/${draftId}`, { method: "PUT", body: JSON.stringify(saved) });
  const draft = `/playbook/${draftId}`;
  const words = Object.keys(files)
    .sort()
    .findLast((path) => path.startsWith(WORDS));
  return { draft, words: `${draft}?file=${words ?? ""}` };
};

/** The conversation that an agent of the made-up shop has begun to answer. */
const conversationOf = async (url: string): Promise<string> => {
  const { items } = await ask<{ items: readonly { conversationId: string }[] }>(
    url,
    "/v1/profiles/userId:omar/conversations",
  );
  return items[0]?.conversationId ?? "";
};

/** Every page, with Kim of the made-up shop: what was said to her, and why nothing was. */
export const routesOf = async (url: string): Promise<readonly Route[]> => {
  const { customerId } = await ask<{ customerId: string }>(url, "/v1/profiles/userId:kim");
  const { items } = await ask<{ items: readonly Entry[] }>(url, "/v1/profiles/userId:kim/timeline?limit=100");
  const idOf = (fits: (entry: Entry) => boolean): string => items.find(fits)?.id ?? "";
  const kim = `/customers/${customerId}`;
  const { draft, words } = await beginDraft(url);
  const inbox = `/inbox?open=${await conversationOf(url)}`;
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
    { name: "journeys", path: "/journeys" },
    { name: "journey", path: "/journeys/first-weeks?step=looked" },
    { name: "playbook", path: "/playbook" },
    { name: "draft", path: draft },
    { name: "draft-table", path: `${draft}?file=decisions/discount.dmn` },
    { name: "draft-action", path: `${draft}?file=actions/win-back-offer.yaml` },
    { name: "draft-triggers", path: `${draft}?file=triggers.yaml` },
    { name: "draft-template", path: words },
    { name: "draft-review", path: `${draft}?view=review` },
    { name: "outcomes", path: "/outcomes?days=28" },
    { name: "experiments", path: "/outcomes?view=experiments" },
    { name: "models", path: "/outcomes?view=models" },
    { name: "inbox", path: inbox, as: "agent" },
    { name: "inbox-list", path: "/inbox", as: "agent" },
    { name: "inbox-assign", path: inbox, keys: ["a"], as: "agent" },
    { name: "settings", path: "/settings" },
    { name: "settings-people", path: "/settings?view=people", as: "admin" },
    { name: "settings-keys", path: "/settings?view=keys", as: "admin" },
    { name: "settings-new-key", path: "/settings?view=keys", keys: ["n"], as: "admin" },
    { name: "settings-audit", path: "/settings?view=audit", as: "admin" },
    { name: "nowhere", path: "/nowhere" },
  ];
};
