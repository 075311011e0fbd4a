/** Longest text of one encoded word, so that the word stays within 75 characters (RFC 2047, 2). */
const WORD_BYTES = 45;

const isAscii = (text: string): boolean => /^[ -~]*$/.test(text);

const encodedWords = (text: string): string => {
  const words: string[] = [];
  let word = "";
  for (const character of text) {
    if (Buffer.byteLength(word + character) > WORD_BYTES) {
      words.push(word);
      word = "";
    }
    word += character;
  }
  return [...words, word]
    .map((part) => `=?UTF-8?B?${Buffer.from(part, "utf8").toString("base64")}?=`)
    .join(" ");
};

/** `Café <mail@example.com>` as a header may carry it: SES takes ASCII only, other names as encoded words (RFC 2047). */
export const encodeMailbox = (mailbox: string): string => {
  const parts = /^\s*"?(.*?)"?\s*(<[^<>]+>)\s*$/.exec(mailbox);
  const [, name = "", address = ""] = parts ?? [];
  return parts === null || isAscii(name) ? mailbox : `${encodedWords(name)} ${address}`;
};

const ADDRESS = /^[^\s<>@",;:\\]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;
/** Without quotes a name has none of the characters that structure a header (RFC 5322, 3.2.3); the dot is taken by all. */
const NAME = /^(?:"[^"\\]*"|[^"<>@,;:\\[\]()]*)$/;

/** Whether SES takes it as one address, alone or as `name <address>`. Of a name that is not ASCII its encoded words count. */
export const isMailbox = (mailbox: string): boolean => {
  const encoded = encodeMailbox(mailbox).trim();
  const [, name = "", address = encoded] = /^(.*?)<([^<>]+)>$/.exec(encoded) ?? [];
  return NAME.test(name.trim()) && ADDRESS.test(address);
};
