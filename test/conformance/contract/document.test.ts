import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { readFolder } from "#cli/folder.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { putKeys } from "#infra/local/seed.ts";
import { SCOPES } from "#ports/key-store.ts";
import type { Described } from "#runtime/http/described.ts";
import { hashKey } from "#runtime/http/keys.ts";
import type { Operation, Operations } from "#runtime/http/operation.ts";
import { httpFunctions } from "#scripts/openapi/functions.ts";
import { consoleHeaders, logInAs } from "../../support/console/log-in.ts";
import { type Hub, hubAt } from "../../support/hub/client.ts";
import { startTestCloud } from "../../support/hub/local-cloud.ts";
import { consentTo } from "../../support/hub/people.ts";
import { RETAIL_FOLDER } from "../../support/playbook/retail.ts";

/** What the document says of a call, whatever its types. */
type Told = {
  readonly params?: Readonly<Record<string, { readonly example: string | number }>>;
  readonly query?: Readonly<Record<string, { readonly example: string | number }>>;
  readonly headers?: Readonly<Record<string, { readonly example: string | number }>>;
  readonly request?: unknown;
};
type Documented = { readonly id: string; readonly operation: Operation; readonly told: Told };

const callsOf = (operations: Operations, { calls }: Described<Operations>): readonly Documented[] =>
  Object.entries(operations).map(([id, operation]) => ({ id, operation, told: calls[id] as Told }));

const documented = (await httpFunctions()).flatMap(({ operations, described }) =>
  described === undefined ? [] : callsOf(operations, described),
);

let hub: Hub;
/** Ids are the hub's to give: of what was made of the examples' own Kim. */
const real: Record<string, string> = {};

/** The retailer's files, and a system that is told of events; but one category is confirmed: its mail has the link that the others have not. */
const confirmingFiles = (): Readonly<Record<string, string>> => {
  const files = readFolder(RETAIL_FOLDER);
  const policy = (files["contact-policy.yaml"] ?? "").replace("consent: implied", "$&\n    confirm: double");
  const told =
    "order-system: { url: https://orders.example/in, account: default, events: [{ on: Order Completed }] }\n";
  return { ...files, "contact-policy.yaml": policy, "webhooks.yaml": told };
};

beforeAll(async () => {
  const cloud = await startTestCloud({ playbook: confirmingFiles() });
  hub = hubAt(cloud.url);
  await hub.collect("identify", { userId: "kim", traits: { email: "kim@example.com", firstName: "Kim" } });
  await hub.collect("track", consentTo("email", "kim"));
  await hub.collect("track", { userId: "kim", event: "Signed Up" });
  await hub.settle();
  const [mail] = await hub.outbox({ to: "kim@example.com" });
  const { event, properties } = consentTo("email", "kim");
  await hub.collect("track", { userId: "kim", event, properties: { ...properties, topic: "service" } });
  await hub.settle();
  const asked = (await hub.outbox({ to: "kim@example.com" })).map(({ text }) => text).join();
  real.onfirm = /\/c\/([\w-]+)/.exec(asked)?.[1] ?? "";
  for (const [letter, id] of Object.entries({ l: "Link", o: "Opening", u: "nsubscribe", p: "Preferences" }))
    real[id] = new RegExp(`/${letter}/([\\w-]+)`).exec(mail?.html ?? "")?.[1] ?? "";
  real.message = mail?.messageId ?? "";
  const { decisionId, actions } = await hub.decide({ customer: "userId:kim", placement: "web.home.hero" });
  real.decision = decisionId;
  real.action = actions[0]?.action ?? "";
  const page = { anonymousId: "a-visitor", placements: ["web.home.hero"] };
  const slots = await hub.call("POST", "/v1/slots", page);
  real.SlotOutcome = JSON.stringify(slots.body).match(/"token":"([\w-]+)"/)?.[1] ?? "";
  const simulation = await hub.call("POST", "/v1/playbooks/current/simulate", {});
  real.simulation = String(Reflect.get(Object(simulation.body), "simulationId"));
  const made = await hub.call("POST", "/v1/keys", { name: "to revoke", scopes: ["decide"] });
  real.key = String(Reflect.get(Object(made.body), "id"));
  const colleague = { email: "lou@shop.example", name: "Lou", roles: [] };
  const invited = await hub.call("POST", "/v1/people", colleague);
  real.colleague = String(Reflect.get(Object(invited.body), "personId"));
  const list = await hub.call("GET", "/v1/playbooks");
  real.version = JSON.stringify(list.body).match(/pb_\w+/)?.[0] ?? "";
  const code = await hub.call("POST", "/v1/otp", { to: "userId:kim" });
  real.code = String(Reflect.get(Object(code.body), "otpId"));
  const conversation = await hub.call("POST", "/v1/conversations", { to: "userId:kim" });
  real.conversation = String(Reflect.get(Object(conversation.body), "conversationId"));
  await hub.call("POST", "/_local/inbound", { channel: "email", from: "writes@example.com", text: "Hello" });
  await hub.settle();
  const mails = await hub.call("GET", "/v1/profiles/email:writes@example.com/conversations");
  real.Original = JSON.stringify(mails.body).match(/cnv_\w+/)?.[0] ?? "";
  const runs = await hub.call("GET", "/v1/journeys/first-weeks/runs?customer=userId:kim");
  real.run = JSON.stringify(runs.body).match(/run_\w+/)?.[0] ?? "";
  const send = { name: "news", segment: "vip", placement: "trigger.win-back", dryRun: true };
  const begun = await hub.call("POST", "/v1/sends", send);
  real.send = String(Reflect.get(Object(begun.body), "sendId"));
  const looked = await hub.call("POST", "/v1/playbooks/current/preview");
  real.preview = String(Reflect.get(Object(looked.body), "previewId"));
  const chat = await hub.call("POST", "/v1/chat/sessions", {});
  real.ChatMessage = String(Reflect.get(Object(chat.body), "token"));
  await beginDrafts(cloud);
});

/** Drafts by somebody else: what is proposed by the key that the examples use, it may not approve. */
const beginDrafts = async (cloud: LocalCloud): Promise<void> => {
  await putKeys(cloud, [{ hash: hashKey("other"), kind: "secret", scopes: SCOPES, name: "somebody else" }]);
  const other = { authorization: "Bearer other" };
  for (const name of ["draft", "discarded", "approved", "published"]) {
    const { body } = await hub.call("POST", "/v1/drafts", { name }, other);
    real[name] = String(Reflect.get(Object(body), "draftId"));
  }
  await hub.call("POST", `/v1/drafts/${real.approved}/propose`, {}, other);
};

/** The examples' ids, as this hub gave them. */
const paramsOf = (id: string, told: Told): Record<string, string> => {
  const token = Object.keys(real).find((name) => id.endsWith(name));
  const given: Record<string, string | undefined> = {
    showMessage: real.message,
    showDecision: real.decision,
    showSimulation: real.simulation,
    publishPlaybook: real.version,
    beginPreview: real.version,
    showPreview: real.preview,
    revokeKey: real.key,
    invitePersonAgain: real.colleague,
    changePerson: real.colleague,
    discardDraft: real.discarded,
    approveDraft: real.approved,
    publishDraft: real.published,
  };
  return Object.fromEntries(
    Object.entries(told.params ?? {}).map(([name, { example }]) => [
      name,
      (name === "token" && token !== undefined ? real[token] : given[id]) ??
        (String(example).startsWith("dft_") ? real.draft : undefined) ??
        (String(example).startsWith("snd_") ? real.send : undefined) ??
        (String(example).startsWith("cnv_") ? (real[token ?? ""] ?? real.conversation) : undefined) ??
        (String(example).startsWith("run_") ? real.run : undefined) ??
        String(example),
    ]),
  );
};

const pathOf = ({ id, operation, told }: Documented): string => {
  const params = paramsOf(id, told);
  const [, pattern = ""] = operation.route.split(" ");
  const path = pattern.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  // A cursor is only good in the list that it came from.
  const query = Object.entries(told.query ?? {}).filter(([name]) => name !== "cursor");
  return `${path}?${new URLSearchParams(Object.fromEntries(query.map(([name, { example }]) => [name, String(example)])))}`;
};

/** Media type -> example, for one request each. */
const bodiesOf = ({ id, operation, told }: Documented): readonly (readonly [string, unknown])[] => {
  if (operation.request === undefined) return [["", undefined]];
  if (!("_zod" in operation.request)) return Object.entries(told.request as Record<string, unknown>);
  const ids: Record<string, object> = {
    reportOutcome: { decisionId: real.decision, action: real.action },
    checkOneTimeCode: { otpId: real.code },
  };
  return [["application/json", { ...(told.request as object), ...ids[id] }]];
};

const answerOf = async (one: Documented, type: string, body: unknown): Promise<Response> => {
  const [method = ""] = one.operation.route.split(" ");
  const given = Object.entries(one.told.headers ?? {}).map(([name, { example }]) => [name, String(example)]);
  // What asks for no key, and is the console's, asks for somebody who is logged in.
  const isConsole = one.operation.route.includes(" /console/");
  const visit = isConsole ? (await logInAs(hub.url, "admin")).browser.visit : fetch;
  return visit(hub.url + pathOf(one), {
    method,
    redirect: "manual",
    headers: {
      ...(isConsole ? consoleHeaders(hub.url) : {}),
      ...(one.operation.scope === null ? {} : { authorization: "Bearer local-secret-key" }),
      ...(/ChatMessages?$/.test(one.id) ? { authorization: `Bearer ${real.ChatMessage}` } : {}),
      ...(type === "" ? {} : { "content-type": type }),
      ...Object.fromEntries(given),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
};

/** Calls by which providers prove themselves: an example has no signature that holds. */
const SIGNED = ["takeProviderCall", "answerProvider"];
const withoutProof = documented.filter(({ id }) => !SIGNED.includes(id));

describe("each call of the document, made with its example", () => {
  it.each(withoutProof.map((one) => [one.operation.route, one] as const))(
    "%s is answered as the document says",
    async (_route, one) => {
      for (const [type, body] of bodiesOf(one)) {
        const answer = await answerOf(one, type, body);
        const text = await answer.text();
        expect(answer.status, text).toBeLessThan(400);
        const declared = one.operation.answers[answer.status];
        if (declared === undefined) throw new Error(`${answer.status} is not declared`);
        if (typeof declared === "string") {
          if (answer.status === 200) expect(answer.headers.get("content-type")).toContain(declared);
        } else {
          expect(answer.headers.get("content-type")).toBe("application/json");
          // Equal: what is answered beyond the declared members would be dropped.
          expect(z.parse(declared, JSON.parse(text))).toEqual(JSON.parse(text));
        }
      }
    },
  );

  it("needs the key that it says it needs", async () => {
    for (const one of documented.filter(({ operation }) => operation.scope !== null)) {
      const [method = ""] = one.operation.route.split(" ");
      const { status } = await fetch(hub.url + pathOf(one), { method });
      expect(status, one.id).toBe(401);
    }
  });
});
