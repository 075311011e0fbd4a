import MimeNode from "nodemailer/lib/mime-node";

const NAMED = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<>]*?))\s*<([^<>]+)>\s*$/s;

type Mailbox = { readonly name: string; readonly address: string };

/** `Fern, Ltd. <mail@fern.example>`, quoted by hand or not, as its name and its address. */
const partsOf = (mailbox: string): Mailbox => {
  const [, quoted, bare = "", address = mailbox] = NAMED.exec(mailbox) ?? [];
  return { name: quoted === undefined ? bare : quoted.replace(/\\(.)/gs, "$1"), address: address.trim() };
};

/**
 * A mailbox as a header may carry it: its name in quotes where it has a comma or the like (RFC 5322, 3.2.4), as encoded
 * words where it is not ASCII (RFC 2047), its host in ASCII. What is no mailbox comes out as it is.
 */
export const encodeMailbox = (mailbox: string): string => {
  const { name, address } = partsOf(mailbox);
  if (!ADDRESS.test(address)) return mailbox;
  const header = new MimeNode("text/plain").setHeader("From", { name, address }).buildHeaders();
  const line = header
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n")
    .find((one) => one.startsWith("From: "));
  return line?.slice("From: ".length) ?? mailbox;
};

const ADDRESS = /^[^\s<>@",;:\\]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u;

/** Whether SES takes it as one address, alone or after a name. */
export const isMailbox = (mailbox: string): boolean => ADDRESS.test(partsOf(mailbox).address);
