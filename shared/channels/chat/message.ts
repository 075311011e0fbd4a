/** What one message says at most: what a customer's message may hold as well. */
export const MAX_CHARACTERS = 8_000;

/** A message of ours in a chat. */
export type ChatText = {
  /** The chat's address. */
  readonly to: string;
  readonly text: string;
};

/** A whole one, for the contracts of providers. */
export const EXAMPLE: ChatText = { to: "vis_1", text: "Hello" };
