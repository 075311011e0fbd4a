/** A customer as the hub's JSON has it: dates are ISO text. */
export interface Profile {
  readonly tier: string;
  readonly spend: number;
  readonly country: string;
  readonly memberSince: string;
  readonly consent: boolean;
}

/** One row: what each column demands (nothing, where absent) and the offer that follows. */
export interface Row {
  readonly tier?: readonly string[];
  readonly spend?: { readonly atLeast?: number; readonly below?: number };
  readonly country?: readonly string[];
  readonly memberSince?: { readonly atLeast?: string; readonly below?: string };
  readonly consent?: boolean;
  readonly offer: string;
}

/** The table of 20 rows and 5 columns, hit policy FIRST; `handWritten` below is the same in plain JavaScript. */
export const ROWS: readonly Row[] = [
  { consent: false, offer: "none" },
  { tier: ["gold"], spend: { atLeast: 1000 }, country: ["NL"], offer: "private sale" },
  { tier: ["gold"], spend: { atLeast: 1000 }, country: ["DE", "AT"], offer: "private sale DE" },
  {
    tier: ["gold"],
    spend: { atLeast: 500, below: 1000 },
    memberSince: { below: "2020-01-01" },
    offer: "loyalty gift",
  },
  { tier: ["gold"], spend: { atLeast: 500, below: 1000 }, offer: "gift card" },
  { tier: ["gold"], memberSince: { atLeast: "2025-01-01" }, offer: "welcome gold" },
  { tier: ["gold"], offer: "free returns" },
  { tier: ["silver"], spend: { atLeast: 750 }, country: ["NL", "BE"], offer: "upgrade BeNeLux" },
  { tier: ["silver"], spend: { atLeast: 750 }, offer: "upgrade" },
  {
    tier: ["silver"],
    spend: { atLeast: 250, below: 750 },
    memberSince: { below: "2021-06-01" },
    offer: "silver classic",
  },
  { tier: ["silver"], spend: { atLeast: 250, below: 750 }, country: ["FR"], offer: "silver FR" },
  { tier: ["silver"], memberSince: { atLeast: "2025-01-01" }, offer: "welcome silver" },
  { tier: ["silver"], offer: "double points" },
  {
    tier: ["basic"],
    spend: { atLeast: 300 },
    country: ["NL"],
    memberSince: { below: "2022-01-01" },
    offer: "join silver",
  },
  { tier: ["basic"], spend: { atLeast: 300 }, offer: "almost silver" },
  {
    tier: ["basic"],
    spend: { atLeast: 100, below: 300 },
    country: ["DE", "AT", "FR"],
    offer: "free delivery",
  },
  { tier: ["basic"], spend: { atLeast: 100, below: 300 }, offer: "ten percent" },
  { tier: ["basic"], memberSince: { atLeast: "2025-01-01" }, offer: "first order" },
  { spend: { below: 50 }, memberSince: { below: "2019-01-01" }, offer: "we miss you" },
  { offer: "newsletter" },
];

/** The same table as someone would write it by hand: early returns, ISO dates compared as text. */
export function handWritten(p: Profile): string {
  if (p.consent === false) return "none";
  if (p.tier === "gold" && p.spend >= 1000 && p.country === "NL") return "private sale";
  if (p.tier === "gold" && p.spend >= 1000 && (p.country === "DE" || p.country === "AT"))
    return "private sale DE";
  if (p.tier === "gold" && p.spend >= 500 && p.spend < 1000 && p.memberSince < "2020-01-01")
    return "loyalty gift";
  if (p.tier === "gold" && p.spend >= 500 && p.spend < 1000) return "gift card";
  if (p.tier === "gold" && p.memberSince >= "2025-01-01") return "welcome gold";
  if (p.tier === "gold") return "free returns";
  if (p.tier === "silver" && p.spend >= 750 && (p.country === "NL" || p.country === "BE"))
    return "upgrade BeNeLux";
  if (p.tier === "silver" && p.spend >= 750) return "upgrade";
  if (p.tier === "silver" && p.spend >= 250 && p.spend < 750 && p.memberSince < "2021-06-01")
    return "silver classic";
  if (p.tier === "silver" && p.spend >= 250 && p.spend < 750 && p.country === "FR") return "silver FR";
  if (p.tier === "silver" && p.memberSince >= "2025-01-01") return "welcome silver";
  if (p.tier === "silver") return "double points";
  if (p.tier === "basic" && p.spend >= 300 && p.country === "NL" && p.memberSince < "2022-01-01")
    return "join silver";
  if (p.tier === "basic" && p.spend >= 300) return "almost silver";
  if (
    p.tier === "basic" &&
    p.spend >= 100 &&
    p.spend < 300 &&
    (p.country === "DE" || p.country === "AT" || p.country === "FR")
  )
    return "free delivery";
  if (p.tier === "basic" && p.spend >= 100 && p.spend < 300) return "ten percent";
  if (p.tier === "basic" && p.memberSince >= "2025-01-01") return "first order";
  if (p.spend < 50 && p.memberSince < "2019-01-01") return "we miss you";
  return "newsletter";
}

/** A thousand rows over the same columns: bands of spend within tiers and countries, and one row for the rest. */
export function thousandRows(): Row[] {
  const tiers = ["gold", "silver", "basic"];
  const countries = ["NL", "BE", "DE", "AT", "FR", "ES", "IT", "PT", "PL"];
  const bands = 37;
  const width = 54;
  const rows: Row[] = [];
  for (const tier of tiers) {
    for (const country of countries) {
      for (let band = 0; band < bands; band += 1) {
        const spend = { atLeast: band * width, below: (band + 1) * width };
        rows.push({
          tier: [tier],
          country: [country],
          spend,
          consent: true,
          offer: `${tier} ${country} ${band}`,
        });
      }
    }
  }
  return [...rows, { offer: "newsletter" }];
}

/** The rows applied one after the other, for checking results and as the plain scan to compare with. */
export function scanRows(rows: readonly Row[], profile: Profile): string | null {
  return rows.find((row) => rowMatches(row, profile))?.offer ?? null;
}

function rowMatches(row: Row, { tier, spend, country, memberSince, consent }: Profile): boolean {
  return (
    (row.tier === undefined || row.tier.includes(tier)) &&
    spend >= (row.spend?.atLeast ?? Number.NEGATIVE_INFINITY) &&
    spend < (row.spend?.below ?? Number.POSITIVE_INFINITY) &&
    (row.country === undefined || row.country.includes(country)) &&
    memberSince >= (row.memberSince?.atLeast ?? "") &&
    memberSince < (row.memberSince?.below ?? "~") &&
    (row.consent === undefined || row.consent === consent)
  );
}
