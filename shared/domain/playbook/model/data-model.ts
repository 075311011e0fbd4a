import type { Json } from "#kernel/json.ts";
import type { TextBound } from "#template/public-words.ts";

export type FieldType =
  | "string"
  | "number"
  | "boolean"
  | "date"
  | "date and time"
  | "list"
  | `list<${"string" | "number" | "boolean" | "date" | "date and time"}>`
  | "context"
  | "any";

export type IdentifierType = {
  readonly type: string;
  /** 1 is the strongest. The strongest identifier of an event decides whom it is about. */
  readonly priority: number;
  /** How many a customer may have. A merge that would exceed the limit of a `unique` type is refused. */
  readonly limit: number;
  /** True for identifiers that name one known person (userId): two values never belong to one customer. */
  readonly unique: boolean;
  /** Where it is found: `userId`, `anonymousId`, `traits.phone`, `context.device.token`, `properties.x`. */
  readonly from: readonly string[];
  /** `none`, `lower`, or the spelling of a channel's addresses. */
  readonly normalize: string;
  /** Channel this identifier is an address of, if any. */
  readonly channel?: string;
};

export type ComputedKind = "count" | "sum" | "min" | "max" | "first" | "last" | "distinct";
export type ComputedTrait = {
  readonly name: string;
  readonly kind: ComputedKind;
  readonly event: string;
  /** Property of the event (dotted path), for all kinds but `count`. */
  readonly property?: string;
  /** FEEL over `event`: only matching events count. */
  readonly where?: string;
  /** Sliding window in milliseconds; none = all time. */
  readonly windowMs?: number;
  readonly type: FieldType;
  /** Where it is a text: what it may be in a message. */
  readonly text?: TextBound;
};

export type TraitDeclaration = {
  readonly name: string;
  readonly type: FieldType;
  readonly default?: Json;
  /** Names or reaches a person (a name, a street): never written to the decision log. */
  readonly personal?: boolean;
  /** What it may be in a message, where anybody may have said it. */
  readonly text?: TextBound;
};
export type EventDeclaration = {
  readonly name: string;
  /** Only the company may say it: from a public key it is history, and has no effect. */
  readonly from?: "trusted";
  readonly properties: Readonly<Record<string, FieldType>>;
  /** Property -> what it may be in a message, where anybody may have said it. */
  readonly texts?: Readonly<Record<string, TextBound>>;
};
/** What public keys, which anybody may have read in a web page, may give a customer: the first one, or any. */
export type PublicKeys = {
  readonly addresses: "first" | "any";
  readonly deviceTokens: "first" | "any";
  /** Absent: what public keys report teaches nothing but what visitors are shown. */
  readonly outcomes?: "any";
};
export type DataModel = {
  /** Absent: the first, of both. */
  readonly publicKeys?: PublicKeys;
  readonly identifiers: readonly IdentifierType[];
  readonly traits: readonly TraitDeclaration[];
  readonly computed: readonly ComputedTrait[];
  readonly events: readonly EventDeclaration[];
};
