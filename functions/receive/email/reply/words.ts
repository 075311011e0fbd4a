/*
 * What mail programs write around the mail that is answered, in the languages that they speak. In lower case; one line may hold
 * more than the words.
 */

/** Verbs of the line that names whose mail is quoted: `On Monday ... wrote:`. */
export const WROTE: readonly string[] = [
  "wrote",
  "schrieb",
  "geschrieben",
  "écrit",
  "escribió",
  "ha scritto",
  "schreef",
  "geschreven",
  "escreveu",
  "skrev",
  "napisał",
  "pisze",
  "kirjoitti",
  "napsal",
  "написал",
  "пишет",
  "a scris",
  "írta",
  "yazdı",
  "έγραψε",
  "كتب",
  "写道",
  "写到",
  "寫道",
  "のメッセージ",
  "書きました",
  "書いた",
  "작성",
];

/** How such a line begins, where a program breaks it behind its first words. */
export const OPENERS: readonly string[] = [
  "on ",
  "am ",
  "le ",
  "el ",
  "il ",
  "in data ",
  "op ",
  "em ",
  "den ",
  "dnia ",
  "w dniu ",
  "dne ",
  "在",
];

/** Names of the lines above a mail that is quoted whole, by what they say. */
const HEADERS = {
  from: "from|von|de|da|van|från|fra|od|lähettäjä|от|差出人|发件人|寄件者|보낸 사람|من",
  date: "sent|date|gesendet|datum|envoyé|enviado|enviada|enviado el|fecha|inviato|data|verzonden|skickat|sendt|wysłano|lähetetty|отправлено|дата|送信日時|日付|发送时间|日期|보낸 날짜",
  to: "to|an|à|a|para|aan|till|til|do|vastaanottaja|кому|宛先|收件人|받는 사람",
  subject:
    "subject|betreff|objet|asunto|oggetto|onderwerp|assunto|ämne|emne|temat|aihe|тема|件名|主题|主旨|제목",
} as const;
export type HeaderKind = keyof typeof HEADERS;

const KINDS: readonly (readonly [HeaderKind, RegExp])[] = [
  ["from", new RegExp(`^[*_ ]*(?:${HEADERS.from})[*_ ]*[:：]`, "iu")],
  ["date", new RegExp(`^[*_ ]*(?:${HEADERS.date})[*_ ]*[:：]`, "iu")],
  ["to", new RegExp(`^[*_ ]*(?:${HEADERS.to})[*_ ]*[:：]`, "iu")],
  ["subject", new RegExp(`^[*_ ]*(?:${HEADERS.subject})[*_ ]*[:：]`, "iu")],
];

/** What a line names of a mail that is quoted; undefined: it is no such line. */
export const headerKind = (line: string): HeaderKind | undefined =>
  KINDS.find(([, pattern]) => pattern.test(line))?.[0];

/** Between dashes: what stands above a mail that is answered. */
const ORIGINAL =
  "original message|original-nachricht|originalnachricht|ursprüngliche nachricht|message d['’]origine|message original|mensaje original|messaggio originale|oorspronkelijk bericht|mensagem original|ursprungligt meddelande|originalmeddelande|oprindelig besked|oprindelig meddelelse|wiadomość oryginalna|исходное сообщение|原始邮件|原始郵件|元のメッセージ|원본 메시지";
const FORWARDED =
  "forwarded message|begin forwarded message|weitergeleitete nachricht|anfang der weitergeleiteten nachricht|message transféré|début du message transféré|mensaje reenviado|inicio del mensaje reenviado|messaggio inoltrato|inizio messaggio inoltrato|doorgestuurd bericht|begin doorgestuurd bericht|mensagem encaminhada|início da mensagem encaminhada|vidarebefordrat meddelande|转发的邮件|转发邮件|転送メッセージ|転送されたメッセージ";
const ORIGINAL_LINE = new RegExp(`^[-_ ]*(?:${ORIGINAL})[-_: ]*$`, "iu");
const FORWARDED_LINE = new RegExp(`^[-_> ]*(?:${FORWARDED})[-_: ]*$`, "iu");

/** Whether a line stands above a mail that is answered, by words alone: `-----Original Message-----`. */
export const isAboveOriginal = (line: string): boolean => line.startsWith("-") && ORIGINAL_LINE.test(line);
/** Whether a line stands above a mail that is passed on. */
export const isAboveForwarded = (line: string): boolean => FORWARDED_LINE.test(line);

/** What programs put before the subject of a mail that is passed on. */
const FORWARD = /^\s*(?:fwd?|wg|tr|rv|i|enc|doorst|vb|vl|pd|转发|轉寄|転送)\s*[:：]/iu;
export const isForwardSubject = (subject: string): boolean => FORWARD.test(subject);

/** What programs on phones write below a mail. */
const SENT_FROM =
  /^(?:sent from (?:my |mail for |outlook|yahoo|proton)|sent with (?:\[?proton|tuta)|get outlook for |(?:von meinem .+|von (?:mail|outlook) .*) gesendet|gesendet (?:mit|von|aus) |outlook für .+ (?:beziehen|herunterladen)|holen sie sich outlook|envoyé (?:de|depuis|à partir) |télécharger outlook|obtenir outlook|enviado (?:desde|do|de|a partir) |obtener outlook|obter o outlook|inviato da(?:l|lla|llo)? |scarica outlook|ottieni outlook|ver(?:stuurd|zonden) vanaf |outlook voor .+ downloaden|skickat från |hämta outlook|iphoneから送信|ipadから送信|outlook for (?:ios|android)を入手|发自我的|从我的)/iu;
export const isSentFrom = (line: string): boolean => SENT_FROM.test(line);
