/** Types that a typed text may be an identifier of, likeliest first, when it does not say so itself. */
const GUESSES: readonly { readonly type: string; readonly fits: RegExp }[] = [
  { type: "email", fits: /^[^\s@]+@[^\s@]+$/ },
  { type: "phone", fits: /^(\+|00)[\d\s()/.-]{6,}$/ },
  { type: "userId", fits: /./ },
  { type: "anonymousId", fits: /^\S{8,}$/ },
];

/** `type:value`, and no web address. */
const WITH_TYPE = /^[A-Za-z]\w{1,40}:(?!\/\/)./;
/** The ids of customers are ours and say what they are. */
const CUSTOMER_ID = /^cus_[0-9a-z]+$/i;

/**
 * Whom a typed text may mean: references that the API finds customers by, likeliest first. Empty for what is no identifier.
 * Names find nobody: the hub keeps them where only the customer's own page reads them.
 */
export const refsFor = (typed: string): readonly string[] => {
  const text = typed.trim();
  if (text === "" || text.length > 512) return [];
  if (CUSTOMER_ID.test(text) || WITH_TYPE.test(text)) return [text];
  return GUESSES.filter(({ fits }) => fits.test(text)).map(({ type }) => `${type}:${text}`);
};
