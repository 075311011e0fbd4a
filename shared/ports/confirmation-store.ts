/** When addresses were asked to confirm consent. Kept by keyed hash of channel and address, as suppressions are. */
export type ConfirmationStore = {
  /**
   * Whether the address may be asked now: once in 24 hours, whoever has it, unless its reader has answered since. `by` names
   * who asks: after a crash it may ask again. `now`: ISO-8601. One request.
   */
  readonly mayAsk: (
    channel: string,
    address: string,
    asking: { readonly by: string; readonly now: string },
  ) => Promise<boolean>;
  /** The reader of the address followed the link. One request. */
  readonly answered: (channel: string, address: string) => Promise<void>;
};
