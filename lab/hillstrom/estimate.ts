import type { Policy } from "./policies.ts";
import { type Customer, MAILS } from "./trial.ts";

/** Chance gave every customer each mail with the same probability. */
const PROPENSITY = 1 / MAILS.length;

const share = (policy: Policy, customer: Customer): number =>
  policy(customer)[MAILS.indexOf(customer.mail)] ?? 0;

/**
 * What a policy would have earned from each customer on average, had it chosen the mails, with its standard error. By
 * inverse propensity (Horvitz and Thompson 1952): an observed outcome counts the more, the likelier the policy was to
 * choose that mail. With `against`: how much more than that policy would have earned from the same customers.
 */
export const estimateValue = (
  customers: readonly Customer[],
  outcome: (customer: Customer) => number,
  policy: Policy,
  against?: Policy,
): { readonly value: number; readonly error: number } => {
  let [sum, squares] = [0, 0];
  for (const customer of customers) {
    const weight = share(policy, customer) - (against === undefined ? 0 : share(against, customer));
    const term = (weight / PROPENSITY) * outcome(customer);
    sum += term;
    squares += term * term;
  }
  const value = sum / customers.length;
  const variance = squares / customers.length - value * value;
  return { value, error: Math.sqrt(Math.max(0, variance) / customers.length) };
};
