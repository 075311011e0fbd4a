import { wrongField } from "./errors.ts";

/** A cursor of a list: the place (`time#id`) of the last item given. Items that arrive meanwhile do not shift the pages. */
export const toCursor = (place: string): string => Buffer.from(place).toString("base64url");

/**
 * The place that a cursor names.
 * @param form what a place of this list looks like
 * @throws RapportError `invalid_request` for a cursor that no answer gave
 */
export const fromCursor = (cursor: string, form: RegExp): string => {
  const place = Buffer.from(cursor, "base64url").toString();
  if (form.test(place) && toCursor(place) === cursor) return place;
  throw wrongField("cursor", "a cursor that an answer gave", "another text");
};
