import { z } from "zod";

/** What a request needs a right for: all of its resources, under what IAM knows of the request. */
export type Demand = {
  /** `dynamodb:PutItem` */
  readonly action: string;
  readonly resources: readonly string[];
  /** Condition keys that the request has; one that is not here is not in the request. */
  readonly context: Readonly<Record<string, readonly string[]>>;
};

const many = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const Conditions = z.record(z.string(), z.record(z.string(), many));
const Statement = z.object({
  Effect: z.literal("Allow"),
  Action: many,
  Resource: many,
  Condition: Conditions.default({}),
});
export type Statement = z.output<typeof Statement>;

const Role = z.object({
  Policies: z.array(z.object({ PolicyDocument: z.object({ Statement: z.array(Statement) }) })).default([]),
});

/** The statements of a role's own policies, with every name resolved. Throws at anything but a right that is granted. */
export const statementsOf = (role: unknown): readonly Statement[] =>
  Role.parse(role).Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

/** `*` stands for any text, also across `:` and `/` ("IAM JSON policy elements: Resource"). */
const isLike = (pattern: string, value: string): boolean => {
  if (!pattern.includes("*")) return pattern === value;
  const parts = pattern.split("*").map((part) => part.replace(/[^\w]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(value);
};

type Test = (wanted: readonly string[], given: readonly string[] | undefined) => boolean;
const equal: Test = (wanted, given) => given?.every((one) => wanted.includes(one)) === true;

/** A condition on several values holds for a request that has none of them ("ForAllValues"). */
const TESTS: Readonly<Record<string, Test>> = {
  StringEquals: equal,
  StringEqualsIfExists: (wanted, given) => given === undefined || equal(wanted, given),
  "ForAllValues:StringEquals": (wanted, given) => equal(wanted, given ?? []),
  "ForAllValues:StringLike": (wanted, given) =>
    (given ?? []).every((one) => wanted.some((pattern) => isLike(pattern, one))),
};

const holds = (conditions: Statement["Condition"], { context }: Demand): boolean =>
  Object.entries(conditions).every(([operator, keys]) => {
    const test = TESTS[operator];
    if (test === undefined) throw new Error(`a condition ${operator} is not known here`);
    return Object.entries(keys).every(([key, wanted]) => test(wanted, context[key]));
  });

/** Whether the statements allow a request, as IAM evaluates policies that only allow. */
export const isAllowed = (statements: readonly Statement[], demand: Demand): boolean => {
  const fitting = statements.filter(
    (one) => one.Action.some((action) => isLike(action, demand.action)) && holds(one.Condition, demand),
  );
  return demand.resources.every((resource) =>
    fitting.some(({ Resource }) => Resource.some((pattern) => isLike(pattern, resource))),
  );
};
