import * as z from "zod/mini";
import { between, date, duration, feel, formula, json, line, listOf, name, text, whole } from "./text.ts";

const TreatmentFields = z.strictObject({
  name: z.optional(name()),
  channel: name(),
  template: z.optional(name()),
  content: z.optional(json()),
  weight: z.optional(between(0, 1_000)),
});

const StockFields = z.strictObject({ limit: whole(1, 100_000_000), hold: z.optional(duration()) });

const BudgetFields = z.strictObject({
  max: between(0.000_001, 1_000_000_000),
  per: duration(),
  cost: z.optional(between(0.000_001, 1_000_000_000)),
});

/** A condition with what is said where it does not hold. */
const ConditionFields = z.strictObject({ rule: feel(), because: z.optional(line()) });

const condition = () =>
  z.union([feel(), ConditionFields], { error: "a condition in FEEL, such as customer.orders > 1" });

const RequirementFields = z.strictObject({
  action: name(),
  outcome: z.optional(name()),
  within: z.optional(duration()),
});

/** `actions/<name>.yaml`: one file, one action. */
export const ActionFile = z.strictObject({
  name: z.optional(name()),
  description: z.optional(text()),
  category: name(),
  group: z.optional(name()),
  exclusive: z.optional(name()),
  placements: listOf(name()).check(z.minLength(1, { error: "at least one placement" })),
  activeFrom: z.optional(date()),
  activeTo: z.optional(date()),
  eligible: z.optional(
    z.union([listOf(condition()), feel()], {
      error:
        "a condition in FEEL, or a list of them; no eligible at all, for everybody; lever: 0, for nobody",
    }),
  ),
  value: z.optional(formula()),
  valueToCustomer: z.optional(formula()),
  propensity: z.optional(
    z.union([between(0, 1), feel()], { error: "a number from 0 to 1, or a formula in FEEL" }),
  ),
  contextWeight: z.optional(formula()),
  lever: z.optional(between(0, 1_000)),
  stock: z.optional(StockFields),
  budget: z.optional(BudgetFields),
  requires: z.optional(listOf(z.union([name(), RequirementFields]))),
  moment: z.optional(z.enum(["now", "best-hour"])),
  treatments: listOf(TreatmentFields).check(z.minLength(1, { error: "at least one treatment" })),
  extra: z.optional(json()),
});
export type ActionFile = z.infer<typeof ActionFile>;
