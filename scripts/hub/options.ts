import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { SERVED_STATE } from "#infra/local/state/place.ts";
import { readPort } from "./process.ts";

export type ServeOptions = {
  /** Without a slash at the end. */
  readonly publicUrl: string;
  readonly smtpUrl: string;
  readonly host: string;
  readonly port: number;
  readonly awsPort: number;
  readonly state: string;
  readonly playbook: string;
  readonly logs: boolean;
};
type Environment = { readonly [name: string]: string | undefined };

const PUBLIC_URL =
  "--public-url (or RAPPORT_PUBLIC_URL): where customers reach this hub, for the links in their mail, such as https://go.example.com";
const SMTP_URL =
  "--smtp-url (or RAPPORT_SMTP_URL): the mail server that takes its mail, such as smtps://user:password@mail.example.com";

/**
 * What `npm run serve` was asked for: flags, else environment variables.
 * @param root the project's folder, below which state and playbook lie by default
 * @throws Error that names everything that is missing or wrong, each in a line
 */
export function readOptions(args: readonly string[], environment: Environment, root: string): ServeOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      "public-url": { type: "string" },
      "smtp-url": { type: "string" },
      listen: { type: "string" },
      port: { type: "string" },
      "aws-port": { type: "string" },
      state: { type: "string" },
      playbook: { type: "string" },
      logs: { type: "boolean", default: false },
    },
  });
  const publicUrl = values["public-url"] ?? environment.RAPPORT_PUBLIC_URL ?? "";
  const smtpUrl = values["smtp-url"] ?? environment.RAPPORT_SMTP_URL ?? "";
  const wrong = [...wrongPublicUrl(publicUrl), ...wrongSmtpUrl(smtpUrl)];
  if (wrong.length > 0) throw new Error(["npm run serve does not start:", ...wrong].join("\n  "));
  const port = readPort(values.port ?? environment.PORT ?? "4000", "PORT");
  return {
    publicUrl: publicUrl.replace(/\/+$/, ""),
    smtpUrl,
    host: values.listen ?? environment.RAPPORT_LISTEN ?? "127.0.0.1",
    port,
    awsPort: readPort(values["aws-port"] ?? environment.AWS_PORT ?? String(port && port + 1), "AWS_PORT"),
    state: resolve(values.state ?? environment.RAPPORT_STATE_DIR ?? join(root, SERVED_STATE)),
    playbook: values.playbook ?? environment.RAPPORT_PLAYBOOK ?? join(root, "playbooks/retail"),
    logs: values.logs,
  };
}

function wrongPublicUrl(text: string): readonly string[] {
  if (text === "") return [`it needs ${PUBLIC_URL}`];
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return [`"${text}" is no web address; ${PUBLIC_URL}`];
  if (url.search !== "" || url.hash !== "" || url.username !== "") {
    return [`"${text}" has more than host and path; ${PUBLIC_URL}`];
  }
  return [];
}

/** The address holds a password: it is not repeated. */
function wrongSmtpUrl(text: string): readonly string[] {
  if (text === "") return [`it needs ${SMTP_URL}`];
  const url = URL.parse(text);
  const isSmtp = url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== "";
  return isSmtp ? [] : [`that is no mail server; ${SMTP_URL}`];
}
