import { explained, explanationOf } from "#domain/decision/explain/explain.ts";
import type { DecideInput } from "#domain/decision/input/input.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { Action } from "#domain/playbook/model/document.ts";
import { action, decideFor, playbookOf } from "./decision.ts";

type Policy = NonNullable<Parameters<typeof playbookOf>[0]>["contactPolicy"];

/** What is said of decisions among offers that have names of their own, and of `cart` first of all. */
export const told = (
  cart: Partial<Action>,
  input: Partial<DecideInput> = {},
  more: { readonly actions?: readonly Action[]; readonly policy?: Policy } = {},
) => {
  const playbook: CompiledPlaybook = playbookOf({
    actions: [action("cart", { description: "The cart is still there.", ...cart }), ...(more.actions ?? [])],
    segments: [{ name: "good customer", condition: "customer.age > 60" }],
    ...(more.policy === undefined ? {} : { contactPolicy: more.policy }),
  });
  const { decision } = decideFor(playbook, input);
  const telling = { decision, document: playbook.document };
  return {
    decision,
    explanation: explanationOf(telling),
    detail: explained(telling).find((one) => one.action === "cart")?.detail,
    nameless: explained({ decision, document: null }).find((one) => one.action === "cart")?.detail,
  };
};
