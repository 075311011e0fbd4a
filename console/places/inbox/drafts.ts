import { useEffect, useSyncExternalStore } from "react";
import { newId } from "#client/event.ts";

/** What somebody writes and has not sent. */
export type Draft = {
  readonly kind: "answer" | "note";
  readonly text: string;
  /** Empty: whichever is open, that of the last message first. */
  readonly channel: string;
  /** Made when the draft is begun: asked for twice, the answer leaves once. */
  readonly key: string;
};

/** In memory alone, since it is about people. It outlives the page that shows it, and the session; not the tab. */
const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();

const begun = (): Draft => ({ kind: "answer", text: "", channel: "", key: newId() });

const draftOf = (conversationId: string): Draft => {
  const kept = drafts.get(conversationId) ?? begun();
  drafts.set(conversationId, kept);
  return kept;
};

/** Empties a draft, or changes parts of it. */
export const writeDraft = (conversationId: string, parts: Partial<Draft> | null): void => {
  drafts.set(conversationId, parts === null ? begun() : { ...draftOf(conversationId), ...parts });
  for (const listener of listeners) listener();
};

/** Whether something was typed for a conversation and not sent. */
export const hasDraft = (conversationId: string): boolean =>
  (drafts.get(conversationId)?.text.trim() ?? "") !== "";

const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** The draft of a conversation. The browser asks before it throws away what was typed for any of them. */
export const useDraft = (conversationId: string): Draft => {
  const draft = useSyncExternalStore(listen, () => draftOf(conversationId));
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if ([...drafts.keys()].some(hasDraft)) event.preventDefault();
    };
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, []);
  return draft;
};
