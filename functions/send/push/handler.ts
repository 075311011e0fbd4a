import { PinpointClient } from "@aws-sdk/client-pinpoint";
import { pinpointPushSender } from "../../../shared/adapters/pinpoint/push-sender.ts";
import { PROVIDER_CALL } from "../../../shared/adapters/provider-call.ts";
import type { PushMessage } from "../../../shared/domain/message/types.ts";
import { systemClock } from "../../../shared/runtime/clock.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import { unlimitedRate } from "../../../shared/runtime/send/sending-rate.ts";
import { sendingWorker } from "../../../shared/runtime/send/worker.ts";

const { pushApplicationId } = readEnv("pushApplicationId");

const client = new PinpointClient(PROVIDER_CALL);

export const handler = await sendingWorker<PushMessage>({
  channel: "push",
  sender: pinpointPushSender({ client, applicationId: pushApplicationId, now: systemClock.now }),
  // Thousands a second (Amazon Pinpoint quotas): the worker's own concurrency is the lower limit.
  rate: unlimitedRate,
});
