/** A notification for every device of a customer, as every provider of push takes it: one message, one call. */
export type PushMessage = {
  readonly devices: readonly PushDevice[];
  readonly title: string;
  readonly body: string;
  readonly data: Readonly<Record<string, string>>;
  readonly url?: string;
  readonly image?: string;
};

/** `platform`: the service that reaches the device. `address`: as the profile has it. */
export type PushDevice = {
  readonly address: string;
  readonly token: string;
  readonly platform: PushPlatform;
};
/** Firebase goes by its older name, Google Cloud Messaging. */
export type PushPlatform = "GCM" | "APNS" | "APNS_SANDBOX" | "ADM" | "BAIDU";
