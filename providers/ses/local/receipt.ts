import { createHash } from "node:crypto";
import MailComposer from "nodemailer/lib/mail-composer";
import { objectAt, objectsAt, stringsAt, textAt } from "#infra/local/aws/json.ts";
import { type Delivery, type Inbound, type LocalDoor, notWired } from "#infra/local/door/provider-local.ts";

/** A receipt rule that keeps mails in a bucket. */
type Rule = { readonly recipients: readonly string[]; readonly bucket: string; readonly prefix: string };

const rulesIn = (door: LocalDoor): readonly Rule[] =>
  door.resources("AWS::SES::ReceiptRule").flatMap(({ properties }) => {
    const rule = objectAt(properties, "Rule");
    return objectsAt(rule, "Actions").flatMap((action) => {
      const kept = objectAt(action, "S3Action");
      const bucket = textAt(kept, "BucketName");
      if (bucket === undefined) return [];
      return [
        { recipients: stringsAt(rule, "Recipients"), bucket, prefix: textAt(kept, "ObjectKeyPrefix") ?? "" },
      ];
    });
  });

/** Where mail goes when nobody says: where the answered one asks for answers. */
const addressOf = ({ to, answered }: Inbound, { recipients }: Rule): string =>
  to ?? answered?.headers?.["Reply-To"] ?? `inbox@${recipients[0] ?? "example.com"}`;

/** Ids as mail programs put them into an answer: those of the answered mail, and its own as the service made it. */
const threadOf = ({ answered, inReplyTo }: Inbound) => {
  if (inReplyTo === undefined) return {};
  const own = inReplyTo.includes("@") ? inReplyTo : `<${inReplyTo}@email.amazonses.com>`;
  return { inReplyTo: own, references: `${answered?.headers?.References ?? ""} ${own}`.trim() };
};

const compose = async (inbound: Inbound, rule: Rule, now: number): Promise<Buffer> => {
  const { from, text, subject, answered, providerMessageId, attachments = [] } = inbound;
  return new MailComposer({
    from,
    to: addressOf(inbound, rule),
    subject: subject ?? (answered?.subject === undefined ? "" : `Re: ${answered.subject}`),
    messageId: `<${providerMessageId.replace(/[^\w.-]/g, "-")}@mail.example.com>`,
    date: new Date(now),
    ...threadOf(inbound),
    text,
    attachments: attachments.map(({ name, type, content }) => ({
      filename: name,
      contentType: type,
      content,
      encoding: "base64",
    })),
  })
    .compile()
    .build();
};

/** What the service writes above a mail that it keeps. */
const above = ({ from }: Inbound): Buffer =>
  Buffer.from(
    `Return-Path: <${from.replace(/[<>\r\n]/g, "")}>\r\nX-SES-Spam-Verdict: PASS\r\nX-SES-Virus-Verdict: PASS\r\n`,
  );

/** "Delivering email to Amazon S3": the whole mail, as an object below the rule's prefix. A raw one is kept as it is. */
export async function bringInMail(door: LocalDoor, inbound: Inbound): Promise<Delivery> {
  const [rule] = rulesIn(door);
  if (rule === undefined) return notWired("no receipt rule in the templates keeps this mail in a bucket");
  const mail = inbound.rawBytes ?? Buffer.concat([above(inbound), await compose(inbound, rule, door.now())]);
  const key = `${rule.prefix}${createHash("sha256").update(inbound.providerMessageId).digest("hex").slice(0, 40)}`;
  door.putObject(rule.bucket, key, mail);
  return { ok: true, deliveredTo: [`${rule.bucket}/${key}`], providerMessageId: inbound.providerMessageId };
}
