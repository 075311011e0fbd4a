/** ISO-8601 UTC texts with milliseconds compare as the times they name. */
export const laterOf = (a: string, b: string): string => {
  if (a > b) return a;
  return b;
};
export const earlierOf = (a: string, b: string): string => {
  if (a < b) return a;
  return b;
};
