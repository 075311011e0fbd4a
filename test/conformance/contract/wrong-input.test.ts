import { beforeAll, describe, expect, it } from "vitest";
import type { Hub } from "../../support/hub/client.ts";
import { testHub } from "../../support/hub/local-cloud.ts";
import { testFiles } from "../../support/playbook/files.ts";
import { Problem } from "./shapes.ts";

let hub: Hub;
let version = "";
beforeAll(async () => {
  hub = await testHub(testFiles());
  version = await hub.publish(testFiles());
  await hub.collect("identify", { userId: "u1", traits: { email: "u1@example.com" } });
  await hub.settle();
});

type Wrong = readonly [call: string, body: unknown, path: string, expected: string];

const decision = (changes: object) => ({ customer: "userId:u1", placement: "web.home.hero", ...changes });
const message = (changes: object) => ({
  to: "userId:u1",
  category: "transactional",
  content: { subject: "Hello", text: "Hello" },
  ...changes,
});
const outcome = (changes: object) => ({ decisionId: "d", action: "a", outcome: "clicked", ...changes });
const TIME = "a time with its zone, such as 2026-03-01T09:30:00Z";
const NO_MEMBER = "no member of that name";
const LIMIT = "a whole number from 1 to 100";
const REF = "a customerId, or type:value with type one of userId, email, phone, deviceToken, anonymousId";

const WRONG: readonly Wrong[] = [
  ["POST /v1/track", [], "", "object"],
  ["POST /v1/track", { userId: {}, event: "X" }, "userId", "text or number or null"],
  ["POST /v1/track", { userId: "", event: "X" }, "userId", "userId or anonymousId"],
  ["POST /v1/track", { userId: "u1" }, "event", "the event's name"],
  ["POST /v1/identify", {}, "userId", "userId or anonymousId"],
  ["POST /v1/identify", { userId: "u1", traits: "none" }, "traits", "object or null"],
  ["POST /v1/alias", { userId: "u1" }, "previousId", "the id used so far"],
  ["POST /v1/group", { userId: "u1" }, "groupId", "the group's id"],
  ["POST /v1/batch", {}, "batch", "list"],
  ["POST /v1/import", { batch: [], context: 3 }, "context", "object or null"],
  ["POST /v1/decisions", decision({ customer: 7 }), "customer", "text"],
  ["POST /v1/decisions", decision({ customer: "fax:1" }), "customer", REF],
  ["POST /v1/decisions", decision({ placement: "none" }), "placement", "a placement of the live playbook"],
  [
    "POST /v1/decisions",
    decision({ placements: ["x"] }),
    "placement",
    "placement or placements, one of the two",
  ],
  ["POST /v1/decisions", { customer: "userId:u1", placements: [] }, "placements", "list of at least 1 item"],
  ["POST /v1/decisions", decision({ limit: 0 }), "limit", "at least 1"],
  ["POST /v1/decisions", decision({ limit: 1.5 }), "limit", "whole number"],
  ["POST /v1/decisions", decision({ limit: 1000 }), "limit", "at most 100"],
  ["POST /v1/decisions", decision({ context: [] }), "context", "object"],
  ["POST /v1/decisions", decision({ dryRun: "yes" }), "dryRun", "true or false"],
  [
    "POST /v1/outcomes",
    outcome({ outcome: "$$" }),
    "outcome",
    "a name of 1 to 100 letters, digits, spaces, dots, hyphens or underscores that begins with a letter or digit",
  ],
  ["POST /v1/outcomes", outcome({ at: "now" }), "at", TIME],
  ["POST /v1/outcomes", outcome({ value: "1" }), "value", "number"],
  ["POST /v1/messages", message({ content: { colour: "red" } }), "content.colour", NO_MEMBER],
  [
    "POST /v1/messages",
    message({ content: { subject: "a\r\nBcc: b", text: "x" } }),
    "content.subject",
    "one line of text",
  ],
  [
    "POST /v1/messages",
    message({ content: { subject: "a" } }),
    "content.text",
    "text or html for the e-mail",
  ],
  [
    "POST /v1/messages",
    message({ content: { subject: "Hi", text: "{% if a %}b" } }),
    "content.text",
    "{% endif %}",
  ],
  ["POST /v1/messages", message({ content: undefined }), "treatment", "treatment or content, one of the two"],
  [
    "POST /v1/messages",
    message({ category: "none" }),
    "category",
    "one of marketing, service, transactional",
  ],
  [
    "POST /v1/messages",
    message({ channel: "fax" }),
    "channel",
    "one of chat, email, push, sms, webhook, webpush, whatsapp",
  ],
  ["POST /v1/messages", message({ sendAt: "soon" }), "sendAt", TIME],
  ["POST /v1/messages", message({ to: "email:nobody" }), "to", "a valid value of its type"],
  ["POST /v1/messages", message({ to: "fax:1" }), "to", REF],
  ["POST /v1/playbooks", {}, "files", "object"],
  ["POST /v1/playbooks", { files: { "playbook.yaml": 1 } }, "files.playbook.yaml", "text"],
  [
    "POST /v1/playbooks",
    { files: { "../x": "" } },
    "files.../x",
    "a relative path such as actions/welcome.yaml",
  ],
  ["POST /v1/playbooks", { files: {}, name: "x" }, "name", NO_MEMBER],
  ["POST /v1/playbooks/:version/simulate", { from: "x" }, "from", TIME],
  [
    "POST /v1/playbooks/:version/simulate",
    { from: "2026-01-02T00:00:00Z", to: "2026-01-01T00:00:00Z" },
    "from",
    "a time before `to`",
  ],
  [
    "POST /v1/playbooks/:version/simulate",
    { profiles: [{}] },
    "placements",
    "profiles and placements together",
  ],
  [
    "POST /v1/playbooks/:version/simulate",
    { profiles: [{}], placements: ["none"] },
    "placements.0",
    "one of: web.home.hero, trigger.welcome, trigger.cart-abandoned, trigger.order-confirmed",
  ],
  [
    "POST /v1/playbooks/:version/simulate",
    { goal: { outcome: "clicked", days: 0 } },
    "goal.days",
    "more than 0",
  ],
  ["GET /v1/profiles", undefined, "ref", "customerId or type:value"],
  ["GET /v1/profiles/userId%3Au1/timeline?limit=0", undefined, "limit", LIMIT],
  ["GET /v1/profiles/userId%3Au1/timeline?cursor=x", undefined, "cursor", "a cursor that an answer gave"],
  ["GET /v1/profiles/userId%3Au1/timeline?limit=1000", undefined, "limit", LIMIT],
  ["GET /v1/playbooks?limit=many", undefined, "limit", LIMIT],
  ["GET /v1/playbooks?limit=1000", undefined, "limit", LIMIT],
  ["GET /v1/playbooks?cursor=x", undefined, "cursor", "a cursor that an answer gave"],
  ["GET /_local/outbox?limit=0", undefined, "limit", "at least 1"],
  ["GET /_local/outbox?cursor=x", undefined, "cursor", "a cursor of an answer before"],
  ["POST /_local/clock", {}, "", "advance (text) or set (text)"],
  [
    "POST /_local/clock",
    { advance: "1h" },
    "advance",
    "an ISO-8601 duration of weeks, days, hours, minutes or seconds, such as PT1H",
  ],
  ["POST /_local/clock", { set: "noon" }, "set", TIME],
  ["POST /_local/feedback", { type: "opened" }, "messageId", "text"],
  [
    "POST /_local/inbound",
    { channel: "fax", from: "a", text: "b" },
    "channel",
    "one of chat, email, sms, webhook, whatsapp",
  ],
  [
    "POST /_local/faults",
    { target: "send/email", kind: "rain" },
    "kind",
    "one of throttle, error, delay, duplicate, crash, shuffle, refuse",
  ],
];

describe("a wrong request is told where it is wrong, and what was expected, in words", () => {
  it.each(WRONG)("%s %j: %s", async (call, body, path, expected) => {
    const [method = "", where = ""] = call.split(" ");
    const answer = await hub.call(method, where.replace(":version", version), body);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    const problem = Problem.parse(answer.body);
    expect(problem).toMatchObject({ status: 400, code: "invalid_request" });
    expect(problem.errors).toContainEqual(
      expect.objectContaining({ path, expected, got: expect.any(String) }),
    );
    expect(problem.message).toBe(
      `${path || "the body"}: expected ${expected}, got ${problem.errors?.find((one) => one.path === path)?.got}`,
    );
  });
});
