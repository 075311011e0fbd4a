/** The bytes of an answer; null where there are more than `most`, which are not read to their end. */
export const bytesWithin = async (response: Response, most: number): Promise<Uint8Array | null> => {
  if (Number(response.headers.get("content-length") ?? 0) > most) {
    await response.body?.cancel();
    return null;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};
