import type { ReceivedAttachment } from "#channels/definition/received.ts";
import { firstOf, type Mail } from "./mail.ts";

/** What a computer runs when somebody opens it: no customer's letter needs it. */
const FORBIDDEN_NAMES =
  /\.(?:ade|adp|apk|app|appx|bat|chm|cmd|com|cpl|dll|dmg|docm|exe|hta|img|inf|ins|iso|jar|js|jse|lib|lnk|mde|mjs|msc|msi|msp|mst|nsh|pif|ps1|reg|scr|sct|shb|sys|url|vb|vbe|vbs|vhd|vxd|wsc|wsf|wsh|xll|xlsm)\s*$/i;
const FORBIDDEN_TYPES =
  /^application\/(?:x-(?:msdownload|msdos-program|ms-installer|sh|bat|java-archive|executable|dosexec)|java-archive|javascript|hta|vnd\.microsoft\.portable-executable)$|^text\/(?:javascript|vbscript)$/;

type Part = Mail["parts"][number];

const bytesOf = ({ content }: Part): number =>
  typeof content === "string" ? Buffer.byteLength(content) : content.byteLength;

/** Pictures that a mail shows within its text, such as logos of signatures, are no attachments. */
const isWithinText = ({ related, disposition, mimeType }: Part): boolean =>
  related === true && disposition !== "attachment" && mimeType.startsWith("image/");

const isForbidden = ({ filename, mimeType }: Part): boolean =>
  FORBIDDEN_NAMES.test(filename ?? "") || FORBIDDEN_TYPES.test(mimeType);

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
            ...(isInfected || isForbidden(part) ? { isRefused: true as const } : {}),
          },
        ],
  );
};
