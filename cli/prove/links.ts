import { messageLinks } from "#domain/message/links.ts";
import { readToken } from "#domain/message/token.ts";
import { answered, Message } from "./answers.ts";
import type { Proof } from "./port.ts";
import { type Found, need } from "./steps.ts";

/** Where the welcome leads, in the templates of the proof's playbook. */
export const TARGET = "https://shop.example/start";

export type ProofLinks = {
  readonly click: string;
  readonly unsubscribe: string;
  /** Where the links come from: what the receipt may say of them. */
  readonly source: string;
};

/** Paths of links of the hub's own in a mail, by kind. */
const pathIn = (text: string, kind: string): string | undefined =>
  new RegExp(`https?://[^"'\\s<>]+(/${kind}/[\\w-]+)`).exec(text)?.[1];

/**
 * The links of the story's mail. A provider's simulator takes a mail and gives none back: then the links are signed with
 * the stage's key, as the sender does. Where the mail can be read, its own links are taken once they say the same.
 */
export const linksOf = async (proof: Proof, found: Found): Promise<ProofLinks> => {
  const hub = need(found, "hub");
  const messageId = need(found, "messageId");
  const address = proof.simulator.takes(proof.run);
  const message = answered(200, Message, await hub.call("GET", `/v1/messages/${messageId}`));
  const sent = message.history.find(({ status }) => status === "sent") ?? message.history[0];
  const sentAtMs = Date.parse(sent?.at ?? "");
  const keys = await proof.account.linkKeys();
  const signed = messageLinks({
    publicUrl: "",
    keys,
    message: {
      messageId,
      customerId: need(found, "customerId"),
      channel: message.channel,
      category: message.category,
    },
    address,
    sentAtMs,
  });
  const own = { click: signed.click(TARGET), unsubscribe: signed.unsubscribe };
  const mail = await proof.account.mailAt(address);
  if (mail === null)
    return { ...own, source: "signed with the stage's key, as the sender signs; no mail was read" };
  const meaning = (path: string | undefined): string =>
    JSON.stringify(readToken(keys, path?.split("/").at(-1) ?? "", sentAtMs));
  const inMail = { click: pathIn(mail.text, "l"), unsubscribe: pathIn(mail.text, "u") };
  for (const kind of ["click", "unsubscribe"] as const) {
    if (meaning(inMail[kind]) !== meaning(own[kind]))
      throw new Error(`the mail's ${kind} link says something else`);
  }
  return {
    click: inMail.click ?? own.click,
    unsubscribe: inMail.unsubscribe ?? own.unsubscribe,
    source: "read in the mail itself",
  };
};
