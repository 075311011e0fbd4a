import type { ChatLetter, ChatMessage } from "#domain/records/chat.ts";

/** How far a chat is: its last place, and up to when its places for writing are spoken for (#domain/conversation/chat-pace.ts). */
export type ChatHead = { readonly lastSeq: number; readonly spokenFor: number };

/** What lies in web chats, by their address: those who wrote there, and nobody else, read it from here. */
export type ChatStore = {
  /** One request. Of a chat that nobody wrote in yet, zeros. */
  readonly head: (address: string) => Promise<ChatHead>;
  /**
   * Puts a message at the end, once: one that is there keeps its place. One request where the head is given as it is, else two.
   * @param head as read before; absent: it is read first
   * @param spokenFor of the head from now on; absent: as before
   * @throws RapportError `conflict` where others wrote there at once, too often
   */
  readonly add: (
    address: string,
    letter: ChatLetter,
    given?: { readonly head?: ChatHead; readonly spokenFor?: number },
  ) => Promise<{ readonly seq: number; readonly isNew: boolean }>;
  /** Rising by place: those after a place, or, without one, the last. As many as `limit`. */
  readonly messages: (
    address: string,
    page: { readonly limit: number; readonly after?: number },
  ) => Promise<readonly ChatMessage[]>;
};
