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

/** A whole one, for the contracts of providers. */
export const EXAMPLE: PushMessage = {
  devices: [
    { address: "gcm:t1", token: "t1", platform: "GCM" },
    { address: "apns:t2", token: "t2", platform: "APNS" },
  ],
  title: "Hi",
  body: "There",
  data: { sku: "T-1" },
  url: "app://cart",
  image: "https://i.example/x.png",
};
