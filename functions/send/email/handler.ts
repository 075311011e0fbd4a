import { GetAccountCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { PROVIDER_CALL } from "#adapters/provider-call.ts";
import { sesEmailSender } from "#adapters/ses/email-sender.ts";
import type { EmailMessage } from "#domain/records/message.ts";
import { readEnv } from "#runtime/env.ts";
import { sendingWorker } from "#runtime/sending-worker.ts";
import { system } from "#runtime/system.ts";
import { sendingRate } from "#usecases/send/sending-rate.ts";
import { BULK_CONCURRENCY } from "./limits.ts";

const { sesConfigurationSet } = readEnv("sesConfigurationSet");

const client = new SESv2Client(PROVIDER_CALL);

const rate = sendingRate({
  limit: async () => (await client.send(new GetAccountCommand({}))).SendQuota?.MaxSendRate,
  // The rate that an account has when it leaves the sandbox.
  assumed: 14,
  processes: BULK_CONCURRENCY,
  ...system,
});

export const handler = await sendingWorker<EmailMessage>({
  channel: "email",
  sender: sesEmailSender({ client, configurationSet: sesConfigurationSet }),
  rate,
});
