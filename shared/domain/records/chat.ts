/** What lies in a chat, as whoever sits there sees it. Its place is given when it is put there. */
export type ChatLetter = {
  /** Of our own; of what was written there the id of its event. */
  readonly messageId: string;
  readonly direction: "in" | "out";
  readonly text: string;
  /** ISO-8601 UTC. */
  readonly at: string;
  /** How the writer's page called it. */
  readonly clientId?: string;
};

/** `seq`: its place, rising without gaps, so that whoever has seen up to one asks for what came after it. */
export type ChatMessage = ChatLetter & { readonly seq: number };
