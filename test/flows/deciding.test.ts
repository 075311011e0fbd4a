import { beforeAll, describe, expect, it } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { testFiles } from "../support/playbook/files.ts";

const slot = (lines: string) =>
  `category: marketing\nplacements: [web.home.hero]\n${lines}treatments: [{ channel: web, content: { headline: Hello } }]\n`;
const files = (hero: string) =>
  testFiles({
    "playbook.yaml": `${testFiles()["playbook.yaml"]}  web.seats: { channels: [web] }\n  web.stools: { channels: [web] }\n  web.next: { channels: [web] }\n`,
    "actions/hero.yaml": slot(hero),
    "actions/seats.yaml": slot("value: 9\nstock: { limit: 1, hold: PT20M }\n").replace(
      "web.home.hero",
      "web.seats",
    ),
    "actions/stools.yaml": slot("value: 9\nstock: { limit: 1, hold: PT20M }\n").replace(
      "web.home.hero",
      "web.stools",
    ),
    "actions/next.yaml": slot("value: 9\nrequires: [hero]\n").replace("web.home.hero", "web.next"),
  });

let cloud: LocalCloud;
let hub: Hub;
let first = "";
beforeAll(async () => {
  cloud = await startTestCloud({ playbook: null });
  hub = hubAt(cloud.url);
  first = await hub.publish(files("eligible: customer.age > 30\n"));
  for (const userId of ["ada", "bo"]) {
    await hub.collect("identify", { userId, traits: { age: 36, firstName: userId } });
  }
  await hub.settle();
});

const ask = (placement: string, customer = "userId:ada") =>
  hub.decide({ customer, placement, explain: true });
const chosen = async (placement: string, customer?: string) =>
  (await ask(placement, customer)).actions.map(({ action }) => action);
/** As long as a published version may take to be live everywhere. */
const fiveSeconds = () => hub.advance("PT5S");

describe("a rule that is changed through the API", () => {
  it("changes the next decision within five seconds, with no deploy; rolling back too", async () => {
    const before = await ask("web.home.hero");
    expect(before).toMatchObject({ playbook: first, actions: [{ action: "hero" }] });

    const second = await hub.publish(files("eligible: customer.age > 40\n"));
    await fiveSeconds();
    const after = await ask("web.home.hero");
    expect(after).toMatchObject({ playbook: second, actions: [] });
    expect(after.rejected).toMatchObject([{ action: "hero", stage: "eligibility", reason: "rule" }]);

    const back = await hub.call("POST", `/v1/playbooks/${first}/publish`);
    expect(back).toMatchObject({ status: 200, body: { version: first, previous: second } });
    await fiveSeconds();
    expect(await ask("web.home.hero")).toMatchObject({ playbook: first, actions: [{ action: "hero" }] });
  });

  it.each<[string, Record<string, string>, string, string]>([
    [
      "an unknown trait",
      { "actions/hero.yaml": slot("eligible: customer.agee > 30\n") },
      "actions/hero.yaml",
      "feel-unknown-entry",
    ],
    [
      "a wrong type",
      { "actions/hero.yaml": slot('value: "\\"much\\""\n') },
      "actions/hero.yaml",
      "wrong-type",
    ],
    [
      "an action without a treatment for its channel",
      {
        "actions/hero.yaml":
          "category: marketing\nplacements: [web.home.hero]\ntreatments: [{ channel: web }]\n",
      },
      "actions/hero.yaml",
      "missing-template",
    ],
    [
      "a circle",
      { "actions/hero.yaml": slot("requires: [next]\n"), "actions/next.yaml": slot("requires: [hero]\n") },
      "actions/hero.yaml",
      "requires-circle",
    ],
    [
      "a cap of zero",
      {
        "contact-policy.yaml": `${testFiles()["contact-policy.yaml"]}caps: [{ name: none, max: 0, window: P1D }]\n`,
      },
      "contact-policy.yaml",
      "cap-of-zero",
    ],
    [
      "overlapping quiet hours",
      {
        "contact-policy.yaml": `${testFiles()["contact-policy.yaml"]}quietHours:\n  - { from: "21:00", to: "08:00" }\n  - { from: "07:00", to: "09:00" }\n`,
      },
      "contact-policy.yaml",
      "overlap",
    ],
    [
      "contradictory consent",
      {
        "contact-policy.yaml": (testFiles()["contact-policy.yaml"] ?? "").replace(
          "consent: none",
          "consent: express",
        ),
      },
      "contact-policy.yaml",
      "contradiction",
    ],
  ])("is refused with its place for %s, and what is live stays", async (_, changes, file, code) => {
    const refused = await hub.call("POST", "/v1/playbooks", { files: { ...files(""), ...changes } });
    expect(refused).toMatchObject({ status: 422, body: { code: "playbook_invalid" } });
    expect(refused.body).toMatchObject({
      errors: expect.arrayContaining([
        expect.objectContaining({
          file,
          code,
          line: expect.any(Number),
          column: expect.any(Number),
          expected: expect.any(String),
        }),
      ]),
    });
    await fiveSeconds();
    expect(await ask("web.home.hero")).toMatchObject({ playbook: first, actions: [{ action: "hero" }] });
  });
});

describe("a limited offer on a page", () => {
  it("is held for who saw it first, free again when the hold is over, and gone when it was accepted", async () => {
    expect(await chosen("web.seats", "userId:ada")).toEqual(["seats"]);
    const other = await ask("web.seats", "userId:bo");
    expect(other.actions).toEqual([]);
    expect(other.rejected).toMatchObject([{ action: "seats", reason: "stock" }]);
    expect(await chosen("web.seats", "userId:ada")).toEqual(["seats"]);

    await hub.advance("PT30M");
    const shown = await ask("web.seats", "userId:bo");
    expect(shown.actions).toMatchObject([{ action: "seats" }]);
    const outcome = { decisionId: shown.decisionId, action: "seats", outcome: "accepted" };
    expect((await hub.call("POST", "/v1/outcomes", outcome)).status).toBe(202);
    await hub.advance("P1D");
    expect(await chosen("web.seats", "userId:ada")).toEqual([]);
  });

  it("is free for the next as soon as who saw it turns it down", async () => {
    const shown = await ask("web.stools", "userId:ada");
    expect(shown.actions).toMatchObject([{ action: "stools" }]);
    expect(await chosen("web.stools", "userId:bo")).toEqual([]);
    const outcome = { decisionId: shown.decisionId, action: "stools", outcome: "dismissed" };
    expect((await hub.call("POST", "/v1/outcomes", outcome)).status).toBe(202);
    await fiveSeconds();
    expect(await chosen("web.stools", "userId:bo")).toEqual(["stools"]);
    await hub.call("POST", "/v1/outcomes", outcome);
    await fiveSeconds();
    expect(await chosen("web.stools", "userId:ada")).toEqual([]);
  });
});

describe("an offer that builds on another", () => {
  it("is made once that was accepted", async () => {
    expect(await chosen("web.next")).toEqual([]);
    const { decisionId } = await ask("web.home.hero");
    await hub.call("POST", "/v1/outcomes", { decisionId, action: "hero", outcome: "accepted" });
    await hub.settle();
    expect(await chosen("web.next")).toEqual(["next"]);
    expect(await chosen("web.next", "userId:bo")).toEqual([]);
  });
});

describe("the requests of a decision", () => {
  /** Requests to DynamoDB on behalf of the customer: playbook, keys and models are read every five seconds at most. */
  const requestsOf = async (body: unknown): Promise<Record<string, number>> => {
    await hub.decide({ customer: "cus_nobody", placement: "web.home.hero" });
    cloud.usage.reset();
    await hub.decide(body);
    const { byFunction } = cloud.usage.report(null);
    return Object.fromEntries(
      Object.entries(byFunction["decide/api"] ?? {}).filter(([operation]) =>
        operation.startsWith("dynamodb:"),
      ),
    );
  };

  it("are one to read, two by identifier, and one to write, plus one for each limited offer", async () => {
    const { customerId } = await hub.profile("userId:bo");
    expect(await requestsOf({ customer: customerId, placement: "web.home.hero" })).toEqual({
      "dynamodb:Query": 1,
      "dynamodb:PutItem": 1,
    });
    expect(await requestsOf({ customer: "userId:bo", placement: "web.home.hero" })).toEqual({
      "dynamodb:GetItem": 1,
      "dynamodb:Query": 1,
      "dynamodb:PutItem": 1,
    });
    await hub.publish(files("stock: { limit: 9 }\n"));
    await fiveSeconds();
    await hub.decide({ customer: customerId, placement: "web.next" });
    expect(await requestsOf({ customer: customerId, placement: "web.home.hero" })).toEqual({
      "dynamodb:Query": 1,
      "dynamodb:UpdateItem": 1,
      "dynamodb:TransactWriteItems": 1,
    });
  });
});

describe("the record of a decision", () => {
  it("tells everything considered, the score's factors, and a sentence to read out", async () => {
    const { decisionId } = await hub.decide({ customer: "userId:bo", placement: "web.home.hero" });
    const { body } = await hub.call("GET", `/v1/decisions/${decisionId}`);
    expect(body).toMatchObject({
      decisionId,
      actions: [{ action: "hero", propensity: 0.5, contextWeight: 1, lever: 1, probability: 1 }],
      rejected: [],
      explanation: '"hero" was chosen: it was the only one to consider.',
    });
  });
});
