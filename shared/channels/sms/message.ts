/** A text message as every provider of SMS takes it. */
export type SmsMessage = {
  /** E.164 */
  readonly to: string;
  /** A number, a sender id or a pool of numbers: what the playbook names. */
  readonly from: string;
  readonly text: string;
  /** How many messages the networks make of it, and bill. */
  readonly parts: number;
};

/** A whole one, for the contracts of providers. */
export const EXAMPLE: SmsMessage = { to: "+4915112345678", from: "+15550100", text: "Hi", parts: 1 };
