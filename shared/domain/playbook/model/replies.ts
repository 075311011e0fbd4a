import type { CompiledExpression } from "#feel/index.ts";

/** Language (BCP 47) -> Liquid. */
export type Said = Readonly<Record<string, string>>;
/** Language -> words as customers write them. */
export type Written = Readonly<Record<string, readonly string[]>>;

/** What the hub does with a message that fits. Exactly one of `answer` and `handOver` at least is there. */
export type ReplyRule = {
  readonly name: string;
  /** A short message that begins with one of these fits. */
  readonly keywords: Written;
  /** A message that has all words of one of these fits. */
  readonly phrases: Written;
  /** FEEL over the customer. Absent: it fits everybody. */
  readonly if?: string;
  /** The last of these events of the customer's, whose property is what the message names. */
  readonly find?: { readonly events: readonly string[]; readonly property: string };
  readonly answer?: Said;
  /** In place of `answer` where there is no such event. */
  readonly notFound?: Said;
  /** A person goes on, once this is said. */
  readonly handOver?: { readonly topic?: string };
};

/** What the hub replies by itself, as a playbook declares it. The first rule that fits holds. */
export type Replies = {
  readonly rules: readonly ReplyRule[];
  /** A page of knowledge replies what no rule does. Absent: pages are suggested to people alone. */
  readonly byKnowledge?: true;
  readonly handOver: {
    /** What is said when a person is to go on while people work, and while nobody does. Absent: nothing. */
    readonly answer?: Said;
    readonly closed?: Said;
    /** Traits and computed traits that the person is told. */
    readonly facts: readonly string[];
  };
};

export type CompiledReplies = Omit<Replies, "rules"> & {
  readonly rules: readonly (ReplyRule & { readonly test?: CompiledExpression })[];
};
