/** What a computer runs when somebody opens it: no customer's letter needs it. */
const FORBIDDEN_NAMES =
  /\.(?:ade|adp|apk|app|appx|bat|chm|cmd|com|cpl|dll|dmg|docm|exe|hta|img|inf|ins|iso|jar|js|jse|lib|lnk|mde|mjs|msc|msi|msp|mst|nsh|pif|ps1|reg|scr|sct|shb|sys|url|vb|vbe|vbs|vhd|vxd|wsc|wsf|wsh|xll|xlsm)\s*$/i;
const FORBIDDEN_TYPES =
  /^application\/(?:x-(?:msdownload|msdos-program|ms-installer|sh|bat|java-archive|executable|dosexec)|java-archive|javascript|hta|vnd\.microsoft\.portable-executable|vnd\.android\.package-archive)$|^text\/(?:javascript|vbscript)$/i;

/** Whether nobody should open what came along with a message, by its name or its media type. */
export const isForbiddenKind = ({
  name = "",
  type,
}: {
  readonly name?: string | undefined;
  readonly type: string;
}): boolean => FORBIDDEN_NAMES.test(name) || FORBIDDEN_TYPES.test(type.split(";")[0]?.trim() ?? "");
