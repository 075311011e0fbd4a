import {
  GetAccountCommand,
  type GetAccountResponse,
  GetEmailIdentityCommand,
  type GetEmailIdentityResponse,
  SESv2Client,
} from "@aws-sdk/client-sesv2";
import { ask, type Finding, judged, type ProviderCheckup, type Told } from "#ports/checkup.ts";

/** What was asked of SES. */
type MailAnswers = {
  /** Of the address in `from`: what its identity would be called. */
  readonly domain: string | undefined;
  readonly account: Told<GetAccountResponse>;
  readonly identity: Told<GetEmailIdentityResponse>;
};

const fine = (says: string): Finding => ({ verdict: "fine", says });
const REGION_OF_MX =
  "`MX 10 feedback-smtp.<region>.amazonses.com` and TXT `v=spf1 include:amazonses.com ~all`";

const ofAccount = (account: GetAccountResponse | undefined): readonly Finding[] => {
  const { ProductionAccessEnabled, SendingEnabled, SendQuota } = account ?? {};
  const { Max24HourSend = 0, MaxSendRate = 0, SentLast24Hours = 0 } = SendQuota ?? {};
  return [
    SendingEnabled === false
      ? {
          verdict: "missing",
          says: "SES has paused sending for this account: see why in its console, then turn it on again.",
          mend: "aws sesv2 put-account-sending-attributes --sending-enabled",
        }
      : fine("SES sends for this account."),
    ProductionAccessEnabled === false
      ? {
          verdict: "missing",
          says: "The account is in the sandbox of SES: mail leaves to verified addresses alone.",
          mend: "aws sesv2 put-account-details --production-access-enabled --mail-type TRANSACTIONAL --website-url <site> --contact-language EN --use-case-description <words>",
        }
      : fine("The account is out of the sandbox."),
    Max24HourSend >= 0 && SentLast24Hours >= 0.8 * Max24HourSend && Max24HourSend > 0
      ? {
          verdict: "advice",
          says: `${SentLast24Hours} of ${Max24HourSend} mails of the day are used up: the rest waits until tomorrow.`,
          mend: "aws service-quotas list-service-quotas --service-code ses",
        }
      : fine(`SES takes ${Max24HourSend} mails a day, ${MaxSendRate} a second.`),
  ];
};

const ofDkim = (domain: string, { DkimAttributes }: GetEmailIdentityResponse): Finding =>
  DkimAttributes?.Status === "SUCCESS"
    ? fine(`Mail of ${domain} is signed with DKIM.`)
    : {
        verdict: "missing",
        says: `DKIM of ${domain} is ${DkimAttributes?.Status ?? "not begun"}: its three CNAME records are not in the DNS yet.`,
        mend: `aws sesv2 get-email-identity --email-identity ${domain} --query DkimAttributes.Tokens`,
      };

const ofMailFrom = (domain: string, { MailFromAttributes }: GetEmailIdentityResponse): Finding =>
  MailFromAttributes?.MailFromDomainStatus === "SUCCESS"
    ? fine(`${MailFromAttributes.MailFromDomain} is the MAIL FROM domain of ${domain}.`)
    : {
        verdict: "advice",
        says: MailFromAttributes?.MailFromDomain
          ? `The MAIL FROM domain ${MailFromAttributes.MailFromDomain} is ${MailFromAttributes.MailFromDomainStatus}: it wants ${REGION_OF_MX}.`
          : `${domain} has no MAIL FROM domain of its own: SPF passes under Amazon's name, not under yours.`,
        mend: `aws sesv2 put-email-identity-mail-from-attributes --email-identity ${domain} --mail-from-domain bounce.${domain}`,
      };

const ofIdentity = (domain: string, identity: GetEmailIdentityResponse | undefined): readonly Finding[] => {
  if (identity === undefined)
    return [
      {
        verdict: "missing",
        says: `SES does not know ${domain}, the domain of the sender in the playbook.`,
        mend: `aws sesv2 create-email-identity --email-identity ${domain}`,
      },
    ];
  return [
    identity.VerifiedForSendingStatus === true
      ? fine(`${domain} is verified for sending.`)
      : {
          verdict: "missing",
          says: `${domain} is not verified for sending.`,
          mend: `aws sesv2 get-email-identity --email-identity ${domain}`,
        },
    ofDkim(domain, identity),
    ofMailFrom(domain, identity),
  ];
};

/** What SES still lacks, from what it answered. */
export const judgeMail = ({ account, domain, identity }: MailAnswers): readonly Finding[] => [
  ...judged("The account at SES", account, ofAccount),
  ...(domain === undefined
    ? [{ verdict: "missing", says: "The playbook names no sender: channels.email.from." } as const]
    : judged(`The identity ${domain} at SES`, identity, (found) => ofIdentity(domain, found))),
];

export const checkup: ProviderCheckup = {
  look: async (aws, { from }) => {
    const client = new SESv2Client(aws);
    const domain = /@([^\s>]+)/.exec(from ?? "")?.[1];
    const [account, identity] = await Promise.all([
      ask(client.send(new GetAccountCommand({}))),
      ask(client.send(new GetEmailIdentityCommand({ EmailIdentity: domain ?? "none" }))),
    ]);
    return judgeMail({ account, domain, identity });
  },
  // "Using the mailbox simulator": free of harm to the reputation, taken in the sandbox too, and labels tell recipients apart.
  simulator: {
    channel: "email",
    takes: (label) => `success+${label}@simulator.amazonses.com`,
    bounces: (label) => `bounce+${label}@simulator.amazonses.com`,
  },
};
