import { PinpointSMSVoiceV2Client } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { PROVIDER_CALL } from "#adapters/provider-call.ts";
import { endUserMessagingSmsSender } from "#adapters/sms/sms-sender.ts";
import type { SmsMessage } from "#domain/records/message.ts";
import { readEnv } from "#runtime/env.ts";
import { sendingWorker } from "#runtime/sending-worker.ts";
import { system } from "#runtime/system.ts";
import { sendingRate } from "#usecases/send/sending-rate.ts";
import { BULK_CONCURRENCY, MOST_PARTS_PER_SECOND } from "./limits.ts";

const { smsConfigurationSet } = readEnv("smsConfigurationSet");

const client = new PinpointSMSVoiceV2Client(PROVIDER_CALL);

/** No call tells how many parts a number may send: the pace is found by what is throttled. */
const rate = sendingRate({
  limit: async () => MOST_PARTS_PER_SECOND,
  assumed: MOST_PARTS_PER_SECOND,
  processes: BULK_CONCURRENCY * MOST_PARTS_PER_SECOND,
  ...system,
});

export const handler = await sendingWorker<SmsMessage>({
  channel: "sms",
  sender: endUserMessagingSmsSender({
    client,
    configurationSet: smsConfigurationSet,
    now: system.clock.now,
  }),
  rate,
});
