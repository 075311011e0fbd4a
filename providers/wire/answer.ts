/** Answers of APIs are small: whatever is larger is none of theirs. */
const MOST_BYTES = 64 * 1024;

/** The JSON that a provider answered; undefined where it is none, or too large to be. */
export const answerIn = async (response: Response): Promise<unknown> => {
  if (Number(response.headers.get("content-length") ?? 0) > MOST_BYTES) return undefined;
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MOST_BYTES) return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
