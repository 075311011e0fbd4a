import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { consentTo } from "../support/hub/people.ts";
import { TEST_FILES, testFiles } from "../support/playbook/files.ts";

const action = (placement: string, eligible = "") =>
  `category: marketing
placements: [${placement}]
${eligible}treatments: [{ channel: email }]
`;
const mail = (subject: string) => `---\nsubject: ${subject}\n---\n<p>Hello</p>\n`;

const FILES = testFiles({
  "playbook.yaml": `${TEST_FILES["playbook.yaml"]}guard: { customers: 0, share: 0 }\n`,
  "triggers.yaml":
    "cart-abandoned: { on: Product Added, after: PT1H, unless: Order Completed }\norder-confirmed: { on: Order Completed }\n",
  "actions/welcome.yaml": null,
  "templates/welcome/email.html": null,
  "actions/hello.yaml": action("weeks.hello"),
  "actions/nudge.yaml": action("weeks.nudge", "eligible: customer.age >= 18\n"),
  "actions/goodbye.yaml": action("weeks.goodbye"),
  "templates/hello/email.html": mail("Hello"),
  "templates/nudge/email.html": mail("A nudge"),
  "templates/goodbye/email.html": mail("Goodbye"),
  "journeys/weeks.yaml": `
enter: { on: Signed Up }
exit: [{ on: Order Completed, as: converted }]
steps:
  hello: { decide: weeks.hello, next: settle }
  settle: { wait: P3D, next: looked }
  looked: { waitFor: Product Viewed, within: P7D, next: stop, otherwise: nudge }
  nudge: { decide: weeks.nudge, next: rest, otherwise: goodbye }
  rest: { wait: P1D }
  goodbye: { decide: weeks.goodbye }
`,
});

let cloud: LocalCloud;
let hub: Hub;
const requests: string[] = [];
beforeAll(async () => {
  cloud = await startTestCloud({
    playbook: FILES,
    onRequest: ({ caller, headers, path }) => {
      if (caller !== null) requests.push(`${caller} ${headers["x-amz-target"] ?? path}`);
    },
  });
  hub = hubAt(cloud.url);
});

const shopper = async (traits: Record<string, unknown> = {}) => {
  const userId = `walker-${randomUUID()}`;
  const email = `${userId}@example.com`;
  await hub.collect("identify", { userId, traits: { email, ...traits } });
  await hub.collect("track", consentTo("email", userId));
  return { userId, email, tell: (event: string) => hub.collect("track", { userId, event }) };
};
const subjects = async (to: string) => (await hub.outbox({ to })).map(({ subject }) => subject).reverse();
/** A busy machine may answer for the clock while a mail is on its way. */
const arrived = (email: string, all: readonly string[]) =>
  expect.poll(() => subjects(email), { timeout: 20_000 }).toEqual(all);
const steps = async (userId: string) =>
  (await hub.timeline(`userId:${userId}`)).flatMap(({ type, properties }) => {
    const { step, as } = (type === "journey" ? properties : {}) as { step?: string; as?: string };
    return step === undefined ? [] : [as === undefined ? step : `${step} (${as})`];
  });

describe("a journey of some weeks", () => {
  it("takes at most twelve requests a step: three to fire its timer, and nine to move", async () => {
    const kim = await shopper({ age: 30 });
    await kim.tell("Signed Up");
    await hub.settle();
    // Nobody else is there yet: what is counted is this step.
    const before = requests.length;
    // A timer rings in whole seconds after the moment it is set for, never before.
    await hub.advance("P3DT2S");
    const moving = requests.slice(before).filter((request) => request.startsWith("profile/apply-events"));
    expect(moving.length, moving.join("\n")).toBeLessThanOrEqual(9);
    expect(moving.length).toBeGreaterThan(2);
  });

  it("says hello, waits, looks, and nudges whoever did not look; the timeline shows the way", async () => {
    const kim = await shopper({ age: 30 });
    await kim.tell("Signed Up");
    await hub.settle();
    await arrived(kim.email, ["Hello"]);
    await hub.advance("P9D");
    await arrived(kim.email, ["Hello"]);
    await hub.advance("P1D");
    await arrived(kim.email, ["Hello", "A nudge"]);
    await hub.advance("P2D");
    expect((await steps(kim.userId)).reverse()).toEqual([
      "settle",
      "looked",
      "nudge",
      "rest",
      "rest (finished)",
    ]);
  });

  it("takes the other way where policy or rules leave nothing to say", async () => {
    const child = await shopper({ age: 12 });
    await child.tell("Signed Up");
    await hub.advance("P10D");
    await hub.settle();
    await arrived(child.email, ["Hello", "Goodbye"]);
  });

  it("is over for who looks, and for who buys, whatever they wait for", async () => {
    const [looks, buys] = [await shopper({ age: 30 }), await shopper({ age: 30 })];
    await looks.tell("Signed Up");
    await buys.tell("Signed Up");
    await hub.advance("P4D");
    await looks.tell("Product Viewed");
    await buys.tell("Order Completed");
    await hub.advance("P30D");
    await arrived(looks.email, ["Hello"]);
    expect((await subjects(buys.email)).filter((subject) => subject === "A nudge")).toEqual([]);
    expect(await steps(buys.userId)).toContain("looked (converted)");
  });

  it("is seen and steered by the API: who is where, kept still, moved, cancelled, led in", async () => {
    const [kim, ada] = [await shopper({ age: 30 }), await shopper({ age: 30 })];
    await kim.tell("Signed Up");
    await ada.tell("Product Viewed");
    await hub.settle();
    const path = "/v1/journeys/weeks";
    const ask = async (method: string, at: string, body?: unknown): Promise<Record<string, unknown>> => {
      const answer = await hub.call(method, `${path}${at}`, body);
      expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
      return answer.body as Record<string, unknown>;
    };
    const runsOf = async (userId: string) =>
      (await ask("GET", `/runs?customer=userId:${userId}`)).items as { runId: string; step: string }[];
    const [run] = await runsOf(kim.userId);
    expect(run?.step).toBe("settle");
    const { runId } = await ask("POST", "/runs", { customer: `userId:${ada.userId}` });
    await hub.settle();
    expect((await runsOf(ada.userId)).map((one) => one.runId)).toEqual([runId]);
    const journey = await ask("GET", "");
    expect(journey.steps).toContainEqual(
      expect.objectContaining({ step: "settle", kind: "wait", inside: 2 }),
    );

    await ask("POST", `/runs/${run?.runId}/pause`);
    await ask("POST", `/runs/${runId}/move`, { step: "looked" });
    await hub.advance("P4D");
    expect((await runsOf(kim.userId)).map(({ step }) => step)).toEqual(["settle"]);
    expect((await runsOf(ada.userId)).map(({ step }) => step)).toEqual(["looked"]);
    await ask("POST", `/runs/${run?.runId}/resume`);
    await ask("POST", `/runs/${runId}/cancel`);
    await hub.settle();
    expect((await runsOf(kim.userId)).map(({ step }) => step)).toEqual(["looked"]);
    expect(await runsOf(ada.userId)).toEqual([]);
    expect((await hub.call("POST", `${path}/runs/${runId}/cancel`)).status).toBe(404);
    expect((await hub.call("POST", `${path}/runs/${run?.runId}/move`, { step: "loked" })).status).toBe(400);
    expect((await hub.call("GET", "/v1/journeys/none")).status).toBe(404);

    await ask("POST", "/pause");
    await hub.advance("P8D");
    expect((await runsOf(kim.userId)).map(({ step }) => step)).toEqual(["looked"]);
    await ask("POST", "/resume");
    await hub.advance("PT3M");
    await arrived(kim.email, ["Hello", "A nudge"]);
  });

  it("goes on by another version once somebody has seen whom that moves, and not before", async () => {
    const kim = await shopper({ age: 30 });
    await kim.tell("Signed Up");
    await hub.settle();
    await hub.advance("P2D");
    const weeks = `${FILES["journeys/weeks.yaml"]}`.replace("wait: P3D", "wait: P1D");
    const files = { ...FILES, "journeys/weeks.yaml": weeks };
    const { body } = await hub.call("POST", "/v1/playbooks", { files });
    const path = `/v1/playbooks/${(body as { version: string }).version}`;
    const publish = (asked?: object) => hub.call("POST", `${path}/publish`, asked);
    expect(await publish()).toMatchObject({ status: 409, body: { code: "confirmation_needed" } });

    const asked = await hub.call("POST", `${path}/preview`);
    expect(asked.status).toBe(202);
    await hub.settle();
    const { previewId } = asked.body as { previewId: string };
    const { body: preview } = await hub.call("GET", `/v1/previews/${previewId}`);
    const { inside } = (await hub.call("GET", "/v1/journeys/weeks")).body as { inside: number };
    const rows = Reflect.get(Object(preview), "journeys") as { step: string; stay: number; dueNow: number }[];
    const settle = rows.find(({ step }) => step === "settle");
    expect(settle).toMatchObject({ stay: 0, move: 0, exit: 0, dueNow: 1 });
    expect(rows.reduce((sum, { stay, dueNow }) => sum + stay + dueNow, 0)).toBe(inside);
    expect(preview).toMatchObject({ status: "done", removed: [], token: expect.stringMatching(/^cnf_/) });

    expect((await publish({ confirm: "cnf_other" })).status).toBe(409);
    const confirmed = await publish({ confirm: Reflect.get(Object(preview), "token") });
    expect(confirmed.status, JSON.stringify(confirmed.body)).toBe(200);
    await hub.advance("PT16M");
    expect(await steps(kim.userId)).toContain("looked");
  });
});
