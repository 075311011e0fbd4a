/** A message as its provider brought it: a mail's own look where it has one, else whatever came, as text. */
export type Original = { readonly html: string } | { readonly text: string };

/** Past this many characters nobody reads on, and a page would grow slow. */
const MOST_CHARACTERS = 200_000;

/** What reads mail comes when somebody asks for one: nobody else carries it. */
export const readOriginal = async (bytes: ArrayBuffer): Promise<Original> => {
  const { default: PostalMime } = await import("postal-mime");
  const mail = await PostalMime.parse(bytes).catch(() => null);
  if (mail?.html !== undefined && mail.html.trim() !== "") return { html: mail.html };
  return { text: new TextDecoder().decode(bytes).slice(0, MOST_CHARACTERS) };
};
