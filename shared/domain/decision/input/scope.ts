import type { FeelContext } from "#feel/index.ts";
import { type Personal, personalOf } from "../../customer/personal.ts";
import {
  customerView,
  emptyView,
  environmentAt,
  eventView,
  feelBrand,
  feelNow,
} from "../../customer/view.ts";
import type { DecideInput } from "./input.ts";
import type { RuleScope } from "./rules.ts";

/** The names that rules may use. Expensive values are made when the first rule reads them. */
export const ruleScope = (input: DecideInput, sharedRules: number): RuleScope => {
  const { playbook, record, now } = input;
  let customer: FeelContext | undefined;
  let event: FeelContext | undefined;
  let personal: Personal | undefined;
  return {
    environment: environmentAt(playbook, now),
    sharedValues: new Array(sharedRules),
    personal: () => {
      personal ??= personalOf(playbook, record?.state ?? null, input.ref);
      return personal;
    },
    values: {
      get customer() {
        customer ??= record === null ? emptyView(playbook, now) : customerView(record.state, playbook, now);
        return customer;
      },
      get event() {
        if (input.event === undefined) return null;
        event ??= eventView(input.event, playbook);
        return event;
      },
      data: input.data ?? {},
      context: input.context ?? {},
      brand: feelBrand(playbook),
      now: feelNow(now),
    },
  };
};
