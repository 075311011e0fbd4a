import * as z from "zod/mini";

/**
 * The providers' events, in as much detail as we use.
 * SES: "Contents of event data" of the Amazon SES Developer Guide, the same by SNS and by EventBridge (in `detail`).
 * SMS: "Event types" of the AWS End User Messaging SMS guide.
 */
const Recipients = z.array(z.object({ emailAddress: z.string() }));

const Mail = z.object({
  messageId: z.string(),
  timestamp: z.string(),
  destination: z.optional(z.array(z.string())),
  tags: z.optional(z.record(z.string(), z.array(z.string()))),
});

export const SesEvent = z.discriminatedUnion("eventType", [
  z.object({ eventType: z.literal("Send"), mail: Mail }),
  z.object({
    eventType: z.literal("Delivery"),
    mail: Mail,
    delivery: z.object({ timestamp: z.string() }),
  }),
  z.object({
    eventType: z.literal("Bounce"),
    mail: Mail,
    bounce: z.object({
      timestamp: z.string(),
      bounceType: z.enum(["Permanent", "Transient", "Undetermined"]),
      bounceSubType: z.optional(z.string()),
      bouncedRecipients: Recipients,
    }),
  }),
  z.object({
    eventType: z.literal("Complaint"),
    mail: Mail,
    complaint: z.object({
      timestamp: z.string(),
      complaintFeedbackType: z.optional(z.nullable(z.string())),
      complainedRecipients: Recipients,
    }),
  }),
  z.object({
    eventType: z.literal("Open"),
    mail: Mail,
    open: z.object({ timestamp: z.string(), userAgent: z.optional(z.string()) }),
  }),
  z.object({
    eventType: z.literal("Click"),
    mail: Mail,
    click: z.object({ timestamp: z.string(), link: z.string(), userAgent: z.optional(z.string()) }),
  }),
  z.object({
    eventType: z.literal("Reject"),
    mail: Mail,
    reject: z.object({ reason: z.optional(z.string()) }),
  }),
  z.object({ eventType: z.literal("Rendering Failure"), mail: Mail }),
  z.object({
    eventType: z.literal("DeliveryDelay"),
    mail: Mail,
    deliveryDelay: z.object({ timestamp: z.string(), delayType: z.optional(z.string()) }),
  }),
  z.object({
    eventType: z.literal("Subscription"),
    mail: Mail,
    subscription: z.object({
      timestamp: z.string(),
      newTopicPreferences: z.optional(z.object({ unsubscribeAll: z.optional(z.boolean()) })),
    }),
  }),
]);
export type SesEvent = z.infer<typeof SesEvent>;

export const SmsEvent = z.object({
  eventType: z.templateLiteral(["TEXT_", z.string()]),
  messageId: z.string(),
  /** Milliseconds since the epoch. */
  eventTimestamp: z.number(),
  isFinal: z.optional(z.boolean()),
  destinationPhoneNumber: z.string(),
  context: z.optional(z.record(z.string(), z.string())),
});
export type SmsEvent = z.infer<typeof SmsEvent>;

/** SNS without raw delivery. */
export const SnsEnvelope = z.object({ Type: z.literal("Notification"), Message: z.string() });
/** The account's default bus. */
export const BusEnvelope = z.object({ "detail-type": z.string(), detail: z.record(z.string(), z.unknown()) });
