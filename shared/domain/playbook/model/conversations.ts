import { DAY_MS } from "#kernel/time.ts";
import type { BusinessHours } from "../../calendar/business-hours.ts";
import type { Replies } from "./replies.ts";

/** Who answers what. */
export type Team = {
  readonly name: string;
  /** Conversations about these are the team's. */
  readonly topics: readonly string[];
  /** In place of the company's. */
  readonly answerWithinMs?: number;
};

/** How a company answers, as a playbook declares it. */
export type ConversationPolicy = {
  /** A customer who writes so soon after the end goes on with the same conversation (milliseconds). */
  readonly reopenWithinMs: number;
  /** Working time within which a customer is to be answered. Absent: nothing is promised. */
  readonly answerWithinMs?: number;
  /** Absent: people answer at any time. */
  readonly hours?: BusinessHours;
  /** Absent: none. */
  readonly teams?: readonly Team[];
  /** The hub answers first, by rules. Absent: people do. */
  readonly answersFirst?: true;
};

/** Where a playbook says nothing. */
export const USUAL_CONVERSATIONS: ConversationPolicy = { reopenWithinMs: 3 * DAY_MS };

/** How the company answers, by its playbook. */
export const conversationPolicyOf = ({
  conversations = USUAL_CONVERSATIONS,
  replies,
}: {
  readonly conversations?: ConversationPolicy;
  readonly replies?: Replies;
}): ConversationPolicy => (replies === undefined ? conversations : { ...conversations, answersFirst: true });

/** Whose a conversation about something is; undefined: nobody's. */
export const teamFor = ({ teams = [] }: ConversationPolicy, topic: string | undefined): string | undefined =>
  topic === undefined ? undefined : teams.find(({ topics }) => topics.includes(topic))?.name;
