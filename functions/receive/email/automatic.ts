import { firstOf, type Mail } from "./mail.ts";

/** Headers that no person's mail has: RFC 3834, RFC 2919 and what programs had before. */
const MACHINES_ALONE = [
  "x-autoreply",
  "x-autorespond",
  "x-auto-response-suppress",
  "x-autoreply-from",
  "x-mail-autoreply",
  "x-loop",
  "list-id",
  "feedback-id",
] as const;
const BULK = /^(?:bulk|junk|list|auto[_-]?reply)\b/i;
/** Programs that say it nowhere else. */
const ABSENT =
  /^\s*(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response)|autoreply|out of (?:the )?office|automatische antwort|abwesenheits?(?:notiz|nachricht)?\b|réponse automatique|absence du bureau|respuesta automática|risposta automatica|automatisch antwoord|afwezig|resposta automática|autosvar|automatisk svar|自動応答|自动回复|不在)/iu;
const POSTMASTER = /^(?:mailer-daemon|postmaster|bounces?)@/i;

/** The type of the whole mail, in lower case, with what it is of. */
const typeOf = ({ headers }: Mail): string => firstOf(headers, "content-type").toLowerCase();

/** Whether a mail reports that another was not delivered, or was read. */
export const isReport = (mail: Mail): boolean => typeOf(mail).startsWith("multipart/report");

/** What somebody's calendar says of an appointment: no letter. */
export const calendarMethod = ({ parts }: Mail): string | undefined =>
  parts.find(({ mimeType, method }) => mimeType === "text/calendar" && method !== undefined)?.method ??
  undefined;

const isCalendarsAnswer = (mail: Mail): boolean => {
  const method = calendarMethod(mail);
  return method !== undefined && method !== "REQUEST" && method !== "PUBLISH";
};

/**
 * Whether a machine wrote a mail, such as an absence note: it is kept, waits for nobody, and is never answered by another
 * machine, which it would answer in turn.
 * @param isOurs whether an address is one of ours: a mail of ours that comes back goes in a circle
 */
export const isAutomatic = (mail: Mail, isOurs: (address: string) => boolean): boolean => {
  const { headers, from, subject } = mail;
  const submitted = firstOf(headers, "auto-submitted").toLowerCase();
  return (
    (submitted !== "" && !submitted.startsWith("no")) ||
    /^<\s*>$/.test(firstOf(headers, "return-path")) ||
    BULK.test(firstOf(headers, "precedence")) ||
    MACHINES_ALONE.some((name) => headers.has(name)) ||
    POSTMASTER.test(from) ||
    ABSENT.test(subject) ||
    isReport(mail) ||
    isCalendarsAnswer(mail) ||
    isOurs(from)
  );
};

/**
 * Whether the receiving server doubts whose a mail is (RFC 8601): its note is the topmost, which nobody who sends can write
 * above. Where it notes nothing, nothing is known.
 */
export const isDoubted = ({ headers }: Mail): boolean => {
  const said = firstOf(headers, "authentication-results").toLowerCase();
  const result = (method: string): string | undefined => new RegExp(`\\b${method}=(\\w+)`).exec(said)?.[1];
  if (result("dmarc") === "pass") return false;
  return result("dmarc") === "fail" || (result("spf") === "fail" && result("dkim") !== "pass");
};
