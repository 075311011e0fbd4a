import * as z from "zod/mini";
import type { ProofHub, Reply } from "./port.ts";

/** What the story reads of the hub's answers. */
export const Uploaded = z.object({ version: z.string() });
export const Published = z.object({ version: z.string(), previous: z.nullable(z.string()) });
export const Profile = z.object({
  customerId: z.string(),
  consent: z.array(z.object({ topic: z.string(), status: z.string() })),
});
const Timeline = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      name: z.optional(z.string()),
      outcome: z.optional(z.string()),
      decisionId: z.optional(z.string()),
      messageId: z.optional(z.string()),
    }),
  ),
});
export const Decision = z.object({
  playbook: z.string(),
  actions: z.array(z.object({ action: z.string() })),
  rejected: z.optional(z.array(z.object({ action: z.string(), reason: z.string() }))),
});
export const Requested = z.object({
  messageId: z.string(),
  status: z.string(),
  reasons: z.array(z.string()),
});
export const Message = z.object({
  channel: z.string(),
  category: z.string(),
  status: z.string(),
  history: z.array(z.object({ status: z.string(), at: z.string() })),
});
const Problem = z.object({ code: z.string(), message: z.string() });

export type TimelineItem = z.output<typeof Timeline>["items"][number];

/** The body of an answer. Throws in the hub's own words when the status is another. */
export const answered = <S extends z.ZodMiniType>(status: number, schema: S, reply: Reply): z.output<S> => {
  expectStatus(status, reply);
  return schema.parse(reply.body);
};

export const expectStatus = (status: number, { status: got, body }: Reply): void => {
  if (got === status) return;
  const problem = Problem.safeParse(body);
  throw new Error(
    `the hub answered ${got} instead of ${status}${problem.success ? `: ${problem.data.message}` : ""}`,
  );
};

/** What happened to a customer, newest first; none: nobody knows them yet. */
export const timelineOf = async (hub: ProofHub, userId: string): Promise<readonly TimelineItem[]> => {
  const reply = await hub.call("GET", `/v1/profiles/userId:${userId}/timeline?limit=100`);
  return reply.status === 404 ? [] : answered(200, Timeline, reply).items;
};
