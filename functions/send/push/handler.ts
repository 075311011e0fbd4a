import { PinpointClient } from "@aws-sdk/client-pinpoint";
import { pinpointPushSender } from "#adapters/pinpoint/push-sender.ts";
import { PROVIDER_CALL } from "#adapters/provider-call.ts";
import type { PushMessage } from "#domain/records/message.ts";
import { systemClock } from "#runtime/clock.ts";
import { readEnv } from "#runtime/env.ts";
import { sendingWorker } from "#runtime/sending-worker.ts";
import { unlimitedRate } from "#usecases/send/sending-rate.ts";

const { pushApplicationId } = readEnv("pushApplicationId");

const client = new PinpointClient(PROVIDER_CALL);

export const handler = await sendingWorker<PushMessage>({
  channel: "push",
  sender: pinpointPushSender({ client, applicationId: pushApplicationId, now: systemClock.now }),
  // Thousands a second (Amazon Pinpoint quotas): the worker's own concurrency is the lower limit.
  rate: unlimitedRate,
});
