import { maskingText } from "../customer/personal-text.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { CustomerRecord } from "../records/customer.ts";

/**
 * A JSON value with every address in it replaced by `MASKED`: what has the form of one, wherever it stands and however it is
 * written, and what is known to be one.
 * @param known addresses that may have no form of their own: device tokens
 */
export const maskAddresses = <Value>(value: Value, known: readonly string[] = []): Value =>
  maskedBy(maskingText(known), value) as Value;

const maskedBy = (mask: (text: string) => string, value: unknown): unknown => {
  if (typeof value === "string") return mask(value);
  if (Array.isArray(value)) return value.map((one) => maskedBy(mask, one));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [mask(name), maskedBy(mask, one)]));
};

/** What a customer is reached by. */
const addressesOf = ({ state }: CustomerRecord, playbook: CompiledPlaybook): readonly string[] => [
  ...state.addresses.map(({ value }) => value),
  ...[...state.identifiers, ...state.contested, ...(state.unproven ?? [])]
    .filter(({ type }) => playbook.identifierTypes.get(type)?.channel !== undefined)
    .map(({ value }) => value),
];

/** A customer as people see them who do not see addresses. */
export const maskRecord = (record: CustomerRecord, playbook: CompiledPlaybook): CustomerRecord => ({
  ...record,
  state: maskAddresses(record.state, addressesOf(record, playbook)),
});

/**
 * The same, to render something of: it goes to nobody. Masking what was rendered would not do: a template can write an
 * address in a form that nobody knows again.
 */
export const maskForRendering = (record: CustomerRecord, playbook: CompiledPlaybook): CustomerRecord => {
  const { state, ...rest } = maskRecord(record, playbook);
  return { ...rest, state: { ...state, addresses: [] } };
};
