import { newId } from "./event.ts";
import { keep, readKept } from "./surroundings.ts";

/** A proof by the company's server of who is logged in (docs/security.md#proofs): it holds for 24 hours. */
export interface Identity {
  readonly userId: string;
  readonly at: string;
  readonly proof: string;
}

/** Who looks at the page, as far as it knows. */
export interface Visitor {
  readonly anonymousId: string;
  readonly userId?: string | undefined;
  /** Never kept: the next page gets one of its own. */
  readonly identity?: Identity | undefined;
}

const KEY = "rapport";

const read = (): Visitor | undefined => {
  try {
    const { anonymousId, userId } = JSON.parse(readKept(KEY) ?? "{}");
    if (typeof anonymousId !== "string") return undefined;
    return { anonymousId, userId: typeof userId === "string" ? userId : undefined };
  } catch {
    return undefined;
  }
};

/** The visitor of this browser, who stays the same from page to page until the ids are forgotten. */
export const rememberedVisitor = (given?: Identity) => {
  let visitor = read() ?? { anonymousId: newId() };
  const become = (next: Visitor): void => {
    visitor = next;
    keep(KEY, JSON.stringify({ anonymousId: next.anonymousId, userId: next.userId }));
  };
  /** A proof speaks for its own user alone. */
  const logIn = (userId: string, identity: Identity | undefined = visitor.identity): void =>
    become({ ...visitor, userId, identity: identity?.userId === userId ? identity : undefined });
  if (given === undefined) become(visitor);
  else logIn(given.userId, given);
  return { now: () => visitor, logIn, forget: () => become({ anonymousId: newId() }) };
};
