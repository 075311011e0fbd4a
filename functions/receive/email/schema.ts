import * as z from "zod/mini";

/** "Amazon S3 Event Notifications with EventBridge", in as much detail as we use: something was put into a bucket. */
export const MailKept = z.object({
  detail: z.object({ object: z.object({ key: z.string().check(z.minLength(1)) }) }),
});
