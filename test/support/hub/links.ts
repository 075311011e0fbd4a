/** The path of the first link of the hub's own in a text, by its kind: `l` click, `o` open, `u` unsubscribe, `p` preferences. */
export const linkIn = (text: string | undefined, kind: string): string => {
  const link = new RegExp(`https?://[^"\\s<>]+/${kind}/[^"\\s<>]+`).exec(text ?? "")?.[0];
  if (link === undefined) throw new Error(`no /${kind}/ link`);
  return new URL(link).pathname;
};
