import { once } from "node:events";
import { Agent, createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { PinpointClient } from "@aws-sdk/client-pinpoint";
import { PinpointSMSVoiceV2Client } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pinpointPushSender } from "#adapters/pinpoint/push-sender.ts";
import { PROVIDER_CALL } from "#adapters/provider-call.ts";
import { sesEmailSender } from "#adapters/ses/email-sender.ts";
import { endUserMessagingSmsSender } from "#adapters/sms/sms-sender.ts";
import email from "#functions/send/email/stack.ts";
import push from "#functions/send/push/stack.ts";
import sms from "#functions/send/sms/stack.ts";
import { NOW } from "../support/customers/events.ts";

/** Takes every request and never answers. */
let silent: Server;
let asked = 0;
beforeAll(async () => {
  silent = createServer((request) => {
    request.resume().on("end", () => {
      asked += 1;
    });
  });
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
});
beforeEach(() => {
  asked = 0;
});
afterAll(() => {
  silent.closeAllConnections();
  silent.close();
});

const IDS = { messageId: "msg_1", lane: "bulk", deadline: new Date(NOW + 60_000).toISOString() } as const;
type Waiting = {
  readonly connectionTimeout?: number;
  readonly requestTimeout?: number;
  readonly httpAgent?: Agent;
  readonly endpoint?: string;
};

/** The client as the functions make it, with less patience. */
const calling = ({ endpoint, ...waiting }: Waiting) => ({
  ...PROVIDER_CALL,
  region: "us-east-1",
  endpoint: endpoint ?? `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
  credentials: { accessKeyId: "a", secretAccessKey: "b" },
  requestHandler: { ...PROVIDER_CALL.requestHandler, ...waiting },
});
const senders = {
  email: (waiting: Waiting) =>
    sesEmailSender({ client: new SESv2Client(calling(waiting)), configurationSet: "test" }).send(
      {
        channel: "email",
        from: "hello@fern.example",
        to: "ada@example.com",
        subject: "Hi",
        text: "Hi",
        html: "",
        headers: {},
      },
      IDS,
    ),
  sms: (waiting: Waiting) =>
    endUserMessagingSmsSender({
      client: new PinpointSMSVoiceV2Client(calling(waiting)),
      configurationSet: "test",
      now: () => NOW,
    }).send({ channel: "sms", to: "+4915112345678", from: "+15550100", text: "Hi", parts: 1 }, IDS),
  push: (waiting: Waiting) =>
    pinpointPushSender({
      client: new PinpointClient(calling(waiting)),
      applicationId: "app",
      now: () => NOW,
    }).send(
      {
        channel: "push",
        devices: [{ address: "gcm:t1", token: "t1", platform: "GCM" }],
        title: "Hi",
        body: "There",
        data: {},
      },
      IDS,
    ),
};

describe.each(Object.entries(senders))("sending by %s to a provider that", (_, send) => {
  it("takes the message and never answers ends with an error, after one call: nobody knows whether it was sent", async () => {
    await expect(send({ requestTimeout: 200 })).rejects.toMatchObject({ name: "TimeoutError" });
    expect(asked).toBe(1);
  });

  it("cannot be connected to asks to try again: it was surely not sent", async () => {
    // A name that is looked up for ever.
    const httpAgent = new Agent({ lookup: () => undefined });
    const endless = { connectionTimeout: 100, httpAgent, endpoint: "http://provider.invalid" };
    const answer = await send(endless).finally(() => httpAgent.destroy());
    expect(answer).toMatchObject({ result: "later", reason: "unreachable" });
    expect(asked).toBe(0);
  });
});

describe("the time a sender waits for its provider", () => {
  it.each(Object.entries({ email, sms, push }))(
    "leaves the function of %s more than half of its own",
    (_, stack) => {
      const { connectionTimeout, requestTimeout } = PROVIDER_CALL.requestHandler;
      expect(connectionTimeout + requestTimeout).toBeLessThan((stack.timeoutSeconds * 1_000) / 2);
    },
  );
});
