import { existsSync } from "node:fs";
import { databaseFile } from "#infra/local/state/place.ts";

/** A mail server that is down for a minute is no reason to take no events; a wrong setting is, and shows at the first start. */
const LONGEST_MS = 15_000;

/**
 * Logs in at the mail server, as each mail will.
 * @throws Error that says what to do: when it refuses the login, and at the first start when it does not answer
 */
export async function checkMailServer(
  smtpUrl: string,
  state: string,
  step: (text: string) => void,
): Promise<void> {
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: LONGEST_MS,
    greetingTimeout: LONGEST_MS,
  });
  const { host } = new URL(smtpUrl);
  try {
    await transport.verify();
    step(`the mail server ${host} answers`);
  } catch (error) {
    const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EAUTH") {
      throw new Error(
        `the mail server ${host} refuses the login: put its user and password into RAPPORT_SMTP_URL`,
      );
    }
    if (!existsSync(databaseFile(state))) {
      throw new Error(`no mail server answers at ${host}: correct RAPPORT_SMTP_URL, or start that first`);
    }
    step(`no mail server answers at ${host}: mail waits until it does, or until its own deadline`);
  } finally {
    transport.close();
  }
}
