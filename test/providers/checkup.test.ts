import { describe, expect, it } from "vitest";
import { ask, type Finding, type Told } from "#ports/checkup.ts";
import { judgeTexts } from "#providers/end-user-messaging/checkup.ts";
import { judgePush } from "#providers/pinpoint/checkup.ts";
import { judgeMail } from "#providers/ses/checkup.ts";

const answer = <T>(value: T): Told<T> => ({ told: "answer", value });
const absent = { told: "absent" } as const;
const blocking = (findings: readonly Finding[]): string =>
  findings.flatMap(({ says, verdict }) => (verdict === "missing" ? [says] : [])).join("\n");
const advised = (findings: readonly Finding[]): string =>
  findings.flatMap(({ says, verdict }) => (verdict === "advice" ? [says] : [])).join("\n");

const ACCOUNT = {
  ProductionAccessEnabled: true,
  SendingEnabled: true,
  SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 10 },
};
const IDENTITY = {
  VerifiedForSendingStatus: true,
  DkimAttributes: { Status: "SUCCESS" },
  MailFromAttributes: {
    MailFromDomain: "bounce.shop.example",
    MailFromDomainStatus: "SUCCESS",
    BehaviorOnMxFailure: "USE_DEFAULT_VALUE",
  },
} as const;
const mail = (account: object = {}, identity: object | null = {}) =>
  judgeMail({
    domain: "shop.example",
    account: answer({ ...ACCOUNT, ...account }),
    identity: identity === null ? absent : answer({ ...IDENTITY, ...identity }),
  });

describe("e-mail", () => {
  it("lacks nothing where the account sends and the domain is set up", () => {
    expect(mail().every(({ verdict }) => verdict === "fine")).toBe(true);
  });

  it.each([
    ["the sandbox", mail({ ProductionAccessEnabled: false }), "sandbox"],
    ["paused sending", mail({ SendingEnabled: false }), "paused"],
    ["an unknown domain", mail({}, null), "does not know shop.example"],
    ["an identity that waits", mail({}, { VerifiedForSendingStatus: false }), "not verified"],
    [
      "DKIM that waits",
      mail({}, { DkimAttributes: { Status: "PENDING" } }),
      "DKIM of shop.example is PENDING",
    ],
    [
      "no sender",
      judgeMail({ domain: undefined, account: answer(ACCOUNT), identity: absent }),
      "names no sender",
    ],
  ])("is blocked by %s", (_, findings, words) => {
    expect(blocking(findings)).toContain(words);
    for (const { mend, verdict, says } of findings)
      if (verdict === "missing" && !says.includes("names no")) expect(mend).toMatch(/^aws /);
  });

  it("is advised a MAIL FROM domain, and to look at a quota that is nearly used up", () => {
    expect(advised(mail({}, { MailFromAttributes: undefined }))).toContain("no MAIL FROM domain");
    const used = { SendQuota: { Max24HourSend: 200, MaxSendRate: 1, SentLast24Hours: 190 } };
    expect(advised(mail(used))).toContain("190 of 200");
  });
});

describe("text messages", () => {
  const LIMITS = answer([
    {
      Name: "TEXT_MESSAGE_MONTHLY_SPEND_LIMIT",
      EnforcedLimit: 100,
      MaxLimit: 100,
      Overridden: true,
    } as const,
  ]);
  const number = (status: string) => answer([{ names: ["+15550100", "phone-1"], status }]);
  const texts = (from: string | undefined, origins: ReturnType<typeof number>, limits = LIMITS) =>
    judgeTexts({ from, origins, limits });

  it("lack nothing with an active number and some money", () => {
    expect(blocking(texts("+15550100", number("ACTIVE")))).toBe("");
    expect(blocking(texts("phone-1", number("ACTIVE")))).toBe("");
  });

  it("are blocked without a number, by one that waits, and by the first dollar", () => {
    expect(blocking(texts(undefined, number("ACTIVE")))).toContain("no origination identity");
    expect(blocking(texts("SHOP", number("ACTIVE")))).toContain("SHOP is no number");
    expect(blocking(texts("+15550100", number("PENDING")))).toContain("is PENDING");
    expect(blocking(texts("+15550100", number("ACTIVE"), answer([])))).toContain("0 dollars a month");
  });
});

describe("push", () => {
  const push = (application: Told<string | undefined>, channels: object = {}) =>
    judgePush({ stage: "prod", application, channels: answer({ ...channels }) });

  it("lacks nothing with one enabled channel", () => {
    expect(blocking(push(answer("app"), { GCM: { Enabled: true, HasCredential: true } }))).toBe("");
  });

  it("is blocked without an application, and without credentials", () => {
    expect(blocking(push(answer(undefined)))).toContain("no push application rapport-prod");
    expect(blocking(push(answer("app"), { GCM: { Enabled: false } }))).toContain(
      "neither Apple nor Firebase",
    );
  });
});

describe("a question", () => {
  const failing = (name: string, httpStatusCode: number) =>
    Promise.reject(Object.assign(new Error("no"), { name, $metadata: { httpStatusCode } }));

  it.each([
    ["NotFoundException", 404, "absent"],
    ["AccessDeniedException", 403, "denied"],
    ["UnknownError", 501, "unanswered"],
  ])("that is refused with %s is told as %i: %s", async (name, status, told) => {
    expect(await ask(failing(name, status))).toEqual({ told });
  });

  it("that failed otherwise is no answer", async () => {
    await expect(ask(failing("ThrottlingException", 400))).rejects.toThrow("no");
  });
});
