import { type UnzipFileInfo, unzipSync } from "fflate";
import type { PlaybookFiles } from "#domain/playbook/model/version.ts";
import { normalizeFiles } from "#domain/playbook/read/paths.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import type { HttpRequest } from "#runtime/http/http-handler.ts";
import { parse } from "#runtime/parse.ts";
import { Upload } from "./operations.ts";

const MAX_ZIP_BYTES = 4 * 1024 * 1024;
/** Every zip begins with a local file header, or, when empty, with the end of the directory (APPNOTE 4.3.7, 4.3.16). */
const ZIP_STARTS = ["PK\u0003\u0004", "PK\u0005\u0006"];

/** The files of an upload, JSON or zip, whichever the first bytes say. Throws `invalid_request`, `malformed_json`. */
export const readUpload = (request: Pick<HttpRequest, "bodyBytes" | "json">): PlaybookFiles => {
  const start = request.bodyBytes.subarray(0, 4).toString("latin1");
  if (ZIP_STARTS.includes(start)) return normalizeFiles(unzip(request.bodyBytes));
  return normalizeFiles(parse(Upload, request.json()).files);
};

const unzip = (bytes: Buffer): PlaybookFiles => {
  if (bytes.length > MAX_ZIP_BYTES)
    throw wrongField("body", "a zip of at most 4 MB", `${bytes.length} bytes`);
  const files: Record<string, string> = {};
  for (const [path, content] of Object.entries(inflate(bytes))) files[path] = decode(path, content);
  return files;
};

/** Sizes are added up from the directory before anything is unpacked; fflate writes no more than those say. */
const inflate = (bytes: Buffer): Record<string, Uint8Array> => {
  let count = 0;
  let total = 0;
  const wanted = ({ name, originalSize }: UnzipFileInfo): boolean => {
    if (name.endsWith("/")) return false;
    count += 1;
    total += originalSize;
    if (count > BOUNDS.uploadFiles) throw wrongField("body", `at most ${BOUNDS.uploadFiles} files`, "more");
    if (total > BOUNDS.uploadTextBytes)
      throw wrongField("body", `at most ${BOUNDS.uploadTextBytes} bytes unpacked`, "more");
    return true;
  };
  try {
    return unzipSync(bytes, { filter: wanted });
  } catch (error) {
    if (error instanceof RapportError) throw error;
    throw wrongField("body", "a zip archive", "one that cannot be unpacked", error);
  }
};

const decode = (path: string, content: Uint8Array): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch (error) {
    throw wrongField(`files.${path.slice(0, 100)}`, "text in UTF-8", "other bytes", error);
  }
};
