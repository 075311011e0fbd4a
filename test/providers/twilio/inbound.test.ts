import { describe, expect, it } from "vitest";
import { inbound } from "#providers/twilio/inbound.ts";

const HUB = "https://hub.example/v1/in/twilio/default";
const SECRETS = { authToken: "12345" };
const isGenuine = (signature: string | undefined, body: string, url = HUB, secrets = SECRETS) =>
  inbound.webhook?.isGenuine(
    {
      url,
      headers: signature === undefined ? {} : { "x-twilio-signature": signature },
      body: Buffer.from(body),
    },
    secrets,
    0,
  );

/** What `getExpectedTwilioSignature` of Twilio's own package (6.3.1) gives with the token 12345. */
const SIGNED: readonly (readonly [url: string, form: Record<string, string>, signature: string])[] = [
  [
    `${HUB}?foo=1&bar=2`,
    {
      Digits: "1234",
      To: "+18005551212",
      From: "+14158675310",
      Caller: "+14158675309",
      CallSid: "CA1234567890ABCDE",
    },
    "wmpR2270uHcw+DWS8fylts2StSY=",
  ],
  [
    HUB,
    {
      MessageSid: "SM1",
      From: "+4915112345678",
      To: "+15550100",
      Body: "  Grüße 👋 a&b=c  ",
      NumMedia: "0",
    },
    "3rZVbr26eTrZNjsphhiV1bSPe0k=",
  ],
  [
    `${HUB}?messageId=msg_1`,
    { MessageSid: "SM1", MessageStatus: "delivered", To: "+4915112345678" },
    "+fscDpQ7+ttBBuFzoTnEs4UTtw4=",
  ],
];

describe("a call of Twilio's", () => {
  it.each(SIGNED)("is genuine where its own package would sign it so: %s", (url, form, signature) => {
    const body = new URLSearchParams(form).toString();
    expect(isGenuine(signature, body, url)).toBe(true);
    // In whatever order the form comes.
    const turned = new URLSearchParams(Object.entries(form).reverse()).toString();
    expect(isGenuine(signature, turned, url)).toBe(true);
  });

  it("signs the values of one name once each, in order", () => {
    expect(isGenuine("2GTW4X+32eNe5/TIPpBlg3/953A=", "A=b&A=a&A=a&B=")).toBe(true);
  });

  it("is none where anything is another: a value, the address, the token, the signature", () => {
    const [[url, form, signature] = [HUB, {}, ""]] = SIGNED.slice(1);
    const body = new URLSearchParams(form).toString();
    expect(isGenuine(signature, body.replace("SM1", "SM2"), url)).toBe(false);
    expect(isGenuine(signature, `${body}&More=1`, url)).toBe(false);
    expect(isGenuine(signature, body, `${url}?messageId=msg_2`)).toBe(false);
    expect(isGenuine(signature, body, url, { authToken: "54321" })).toBe(false);
    expect(isGenuine(signature.slice(0, -1), body, url)).toBe(false);
    expect(isGenuine("", body, url)).toBe(false);
    expect(isGenuine(undefined, body, url)).toBe(false);
  });

  it("is none where the account has no token", () => {
    expect(isGenuine("", "", HUB, { authToken: "" })).toBe(false);
  });

  it("says whose message it is about by its address, whatever its form says", () => {
    const body = Buffer.from("MessageSid=SM1&messageId=msg_9&__proto__=x");
    const call = { url: `${HUB}?messageId=msg_1`, headers: {}, body };
    expect(inbound.webhook?.payloadOf?.(call, () => null)).toMatchObject({
      messageId: "msg_1",
      form: { MessageSid: "SM1", messageId: "msg_9" },
    });
  });
});
