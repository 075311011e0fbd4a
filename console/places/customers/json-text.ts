/** A JSON object as somebody typed it; empty text is an empty one, null is none. */
export const objectIn = (text: string): Readonly<Record<string, unknown>> | null => {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
};
