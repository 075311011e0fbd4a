import * as z from "zod/mini";
import type { FetchedMedia, MediaDoor } from "#ports/media.ts";
import { answerIn } from "#providers/wire/answer.ts";
import { bytesWithin } from "#providers/wire/bytes-within.ts";
import { API_URL } from "./settings.ts";

/** "Retrieve media URL", WhatsApp Cloud API: an address that holds for five minutes. */
const Described = z.object({
  url: z.string(),
  mime_type: z.optional(z.string()),
  file_size: z.optional(z.number()),
});

const ID = /^[\w.-]{1,200}$/;
const GONE: FetchedMedia = { result: "gone" };
/** Whoever holds the address and our token has the file: both go to nobody but Meta. */
const META_HOST = /(?:^|\.)(?:facebook\.com|fbsbx\.com|whatsapp\.net|fbcdn\.net)$/;

const isMetas = (address: string, apiUrl: string): boolean => {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, origin, username } = new URL(address);
  if (origin === new URL(apiUrl).origin) return true;
  return protocol === "https:" && username === "" && META_HOST.test(hostname);
};

/** Media are kept for 30 days: then Meta knows no such id, which it tells by 400 as well as by 404. */
const isGone = ({ status }: Response): boolean => status === 400 || status === 404 || status === 410;

const failed = (response: Response): Error => new Error(`the media were answered with ${response.status}`);

/** What came along with a message, by Meta's id of it. Throws where Meta cannot give it now. */
export const fetchMedia = async (id: string, door: MediaDoor): Promise<FetchedMedia> => {
  if (!ID.test(id)) return GONE;
  const { signal } = door;
  const headers = { authorization: `Bearer ${door.secret("accessToken")}` };
  const apiUrl = door.setting(API_URL);
  const described = await fetch(`${apiUrl}/${id}`, { redirect: "manual", headers, signal });
  if (isGone(described)) return GONE;
  const { success, data } = z.safeParse(Described, await answerIn(described));
  if (described.status !== 200 || !success || !isMetas(data.url, apiUrl)) throw failed(described);
  if ((data.file_size ?? 0) > door.mostBytes) return { result: "too-large" };
  const file = await fetch(data.url, { redirect: "manual", headers, signal });
  if (isGone(file)) return GONE;
  if (file.status !== 200) throw failed(file);
  const bytes = await bytesWithin(file, door.mostBytes);
  if (bytes === null) return { result: "too-large" };
  return { result: "fetched", bytes, ...(data.mime_type === undefined ? {} : { type: data.mime_type }) };
};
