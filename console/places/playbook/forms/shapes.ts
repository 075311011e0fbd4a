/** What may be chosen among: names that the draft's own files say, or a few that are fixed. */
export type Names =
  | "actions"
  | "categories"
  | "channels"
  | "events"
  | "outcomes"
  | "placements"
  | "templates"
  | "days"
  | "holidays";

/** What a rule may speak of, beside the customer. */
export type Scope = "segment" | "trigger" | "action";

/** How a value is edited. */
export type Shape =
  | { readonly kind: "line" | "text" | "number" | "date" | "time" }
  | { readonly kind: "duration" }
  | { readonly kind: "flag" }
  /** A condition or formula; `number`: a number may stand there, too. */
  | { readonly kind: "feel"; readonly scope: Scope; readonly number?: boolean }
  /** One of a few words. */
  | { readonly kind: "one"; readonly of: readonly string[] }
  | { readonly kind: "name"; readonly of: Names }
  | { readonly kind: "names"; readonly of: Names }
  /** A map of known fields. `short`: where only this field is said, its value may stand in the map's place. */
  | { readonly kind: "group"; readonly fields: readonly Field[]; readonly short?: string }
  /** `single`: one entry may stand there without a list. */
  | { readonly kind: "list"; readonly entry: Fields; readonly single?: boolean }
  | { readonly kind: "map"; readonly entry: Fields }
  /** What the form has no fields for: it stays as it is. */
  | { readonly kind: "other" };
export type Fields = Extract<Shape, { kind: "group" }>;

export type Field = {
  readonly name: string;
  readonly shape: Shape;
  /** A field that must be there: emptied, it stays, and the hub says what belongs there. */
  readonly required?: boolean;
  /** Few need it: as long as it says nothing, it waits under "More". */
  readonly isRare?: boolean;
};

const field = (name: string, shape: Shape): Field => ({ name, shape });
const required = (name: string, shape: Shape): Field => ({ name, shape, required: true });
const rare = (name: string, shape: Shape): Field => ({ name, shape, isRare: true });
const group = (...fields: readonly Field[]): Fields => ({ kind: "group", fields });
const short = (name: string, ...fields: readonly Field[]): Fields => ({ kind: "group", fields, short: name });
const list = (entry: Fields): Shape => ({ kind: "list", entry });
const names = (of: Names): Shape => ({ kind: "names", of });
const name = (of: Names): Shape => ({ kind: "name", of });
const feel = (scope: Scope, number = false): Shape => ({ kind: "feel", scope, number });

const line: Shape = { kind: "line" };
const text: Shape = { kind: "text" };
const number: Shape = { kind: "number" };
const duration: Shape = { kind: "duration" };
const time: Shape = { kind: "time" };
const flag: Shape = { kind: "flag" };

const quietTime = [
  field("from", time),
  field("to", time),
  field("days", names("days")),
  rare("holidays", names("holidays")),
];
const counts = [field("channels", names("channels")), field("categories", names("categories"))];

const action = group(
  field("description", text),
  required("category", name("categories")),
  required("placements", names("placements")),
  {
    name: "eligible",
    shape: {
      kind: "list",
      single: true,
      entry: short("rule", required("rule", feel("action")), field("because", line)),
    },
  },
  field("value", feel("action", true)),
  field("valueToCustomer", feel("action", true)),
  field("propensity", feel("action", true)),
  rare("contextWeight", feel("action", true)),
  rare("lever", number),
  required(
    "treatments",
    list(
      group(
        required("channel", name("channels")),
        field("name", line),
        field("template", name("templates")),
        field("content", { kind: "other" }),
        field("weight", number),
      ),
    ),
  ),
  field("moment", { kind: "one", of: ["now", "best-hour"] }),
  rare("activeFrom", { kind: "date" }),
  rare("activeTo", { kind: "date" }),
  rare("group", line),
  rare("exclusive", line),
  rare("stock", group(required("limit", number), field("hold", duration))),
  rare("budget", group(required("max", number), required("per", duration), field("cost", number))),
  rare(
    "requires",
    list(
      short(
        "action",
        required("action", name("actions")),
        field("outcome", name("outcomes")),
        field("within", duration),
      ),
    ),
  ),
  field("extra", { kind: "other" }),
);

const trigger = group(
  field("description", text),
  field("on", name("events")),
  rare("at", feel("segment")),
  rare("hour", time),
  rare("every", { kind: "one", of: ["month", "year"] }),
  rare("holidays", names("holidays")),
  field("if", feel("trigger")),
  field("after", duration),
  field("unless", names("events")),
  rare("maxAge", duration),
  rare("placement", name("placements")),
);

const policy = group(
  required("categories", {
    kind: "map",
    entry: group(
      required("consent", { kind: "one", of: ["express", "implied", "none"] }),
      field("transactional", flag),
      field("confirm", { kind: "one", of: ["single", "double"] }),
      field("description", text),
      field("titles", { kind: "other" }),
    ),
  }),
  field("quietHours", list(group(...quietTime, ...counts))),
  field(
    "caps",
    list(
      group(
        required("name", line),
        required("max", number),
        required("window", duration),
        ...counts,
        field("actions", names("actions")),
      ),
    ),
  ),
  field(
    "coolDowns",
    list(
      group(
        required("outcome", name("outcomes")),
        required("for", duration),
        field("actions", names("actions")),
      ),
    ),
  ),
  rare(
    "holdWhile",
    list(
      group(
        required("if", feel("segment")),
        required("categories", names("categories")),
        field("for", duration),
      ),
    ),
  ),
  rare("interruptions", list(group(required("minimum", number), ...counts))),
  rare(
    "consentExpiry",
    list(
      group(
        required("kind", { kind: "one", of: ["express", "implied"] }),
        field("source", line),
        required("after", duration),
        field("categories", names("categories")),
      ),
    ),
  ),
  field("holdout", number),
  field("regions", { kind: "other" }),
  rare("holidays", { kind: "other" }),
);

const segment = short(
  "condition",
  required("condition", feel("segment")),
  field("description", text),
  field("report", flag),
);

/** The form of a file, by the group of files that it stands in; the others are texts. */
export const FORMS: Readonly<Partial<Record<string, Shape>>> = {
  actions: action,
  triggers: { kind: "map", entry: trigger },
  policy,
  segments: { kind: "map", entry: segment },
};
