/** How the addresses of a channel are spelt and where they come from: `addresses.ts` in the channel's folder. */
export type ChannelAddresses = {
  /** One that reaches nobody: previews of messages go there. */
  readonly example: string;
  /** The spelling that `normalize` of an identifier names in data-model.yaml. Absent: taken as they are. */
  readonly spelling?: {
    readonly name: string;
    /** Characters of the longest that is read. Absent: as of any identifier. */
    readonly longest?: number;
    /**
     * The one way to write an address, or null where it is none.
     * @param country ISO 3166 code for numbers that name no country
     */
    readonly normalize: (text: string, country: string | undefined) => string | null;
  };
  /** The account of ours that alone reaches an address, where the address says so. Absent: any account reaches all. */
  readonly ownerOf?: (address: string) => string | undefined;
  /** Each address is a device: it belongs to whoever used it last, and to nobody else. */
  readonly areDevices?: true;
  /** The identifier that a playbook has which declares none. */
  readonly identifier?: {
    readonly type: string;
    /** 1 is the strongest; the user's id is 1, the anonymous one 5. */
    readonly priority: number;
    readonly limit: number;
    readonly from: readonly string[];
    /** Only a playbook that names the channel has it. */
    readonly whereNamed?: true;
  };
};
