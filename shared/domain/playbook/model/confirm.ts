import { CHANNELS } from "#channels/all.ts";
import type { Category } from "./contact-policy.ts";

/** Whether readers of the channel's messages can follow a link in them. */
export const carriesLinks = (channel: string): boolean =>
  CHANNELS.get(channel)?.content?.carriesLinks === true;

/** Whether consent by a public key is pending there until it is confirmed. Where no link can be followed it holds at once. */
export const needsConfirmation = ({ confirm }: Pick<Category, "confirm">, channel: string): boolean =>
  confirm === "double" && carriesLinks(channel);
