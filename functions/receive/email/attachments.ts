import type { ReceivedAttachment } from "#channels/definition/received.ts";
import { isForbiddenKind } from "#domain/message/forbidden-kinds.ts";
import { firstOf, type Mail } from "./mail.ts";

type Part = Mail["parts"][number];

const bytesOf = ({ content }: Part): number =>
  typeof content === "string" ? Buffer.byteLength(content) : content.byteLength;

/** Pictures that a mail shows within its text, such as logos of signatures, are no attachments. */
const isWithinText = ({ related, disposition, mimeType }: Part): boolean =>
  related === true && disposition !== "attachment" && mimeType.startsWith("image/");

/** What came along with a mail, by its place in it. The original alone holds what may not be opened, which is named. */
export const attachmentsOf = (mail: Mail): readonly ReceivedAttachment[] => {
  const isInfected = firstOf(mail.headers, "x-ses-virus-verdict").toUpperCase() === "FAIL";
  return mail.parts.flatMap((part, index) =>
    isWithinText(part)
      ? []
      : [
          {
            id: String(index + 1),
            type: part.mimeType,
            name: part.filename ?? "",
            bytes: bytesOf(part),
            ...(isInfected || isForbiddenKind({ name: part.filename ?? "", type: part.mimeType })
              ? { isRefused: true as const }
              : {}),
          },
        ],
  );
};
