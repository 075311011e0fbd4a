import { describe, expect, it } from "vitest";
import { isAutomatic, isDoubted } from "#functions/receive/email/automatic.ts";
import { readMail } from "#functions/receive/email/mail.ts";

const mail = (headers: string) => readMail(Buffer.from(`From: kim@example.com\r\n${headers}\r\n\r\nHi`));
const ours = (address: string): boolean => address === "help@shop.example";

describe("a mail that a machine wrote", () => {
  it.each([
    "Auto-Submitted: auto-replied",
    "Auto-Submitted: Auto-Generated; why=x",
    "Return-Path: <>",
    "Precedence: bulk",
    "X-Auto-Response-Suppress: All",
    "X-Autoreply: yes",
    "List-Id: <news.example.com>",
    "Subject: Automatic reply: your mail",
    "Subject: Abwesenheitsnotiz: Urlaub",
    "Subject: =?utf-8?q?R=C3=A9ponse_automatique?=",
    'Content-Type: multipart/report; report-type=disposition-notification; boundary="b"',
    'Content-Type: text/calendar; method=REPLY; charset="utf-8"',
    "From: help@shop.example",
  ])("is known by %s", async (header) => {
    const read = header.startsWith("From:")
      ? await readMail(Buffer.from(`${header}\r\n\r\nHi`))
      : await mail(header);
    expect(isAutomatic(read, ours)).toBe(true);
  });

  it.each([
    "Subject: Re: Automatic kettle",
    "Auto-Submitted: no",
    "Return-Path: <kim@example.com>",
    "Precedence: first-class",
  ])("is not known by %s", async (header) => {
    expect(isAutomatic(await mail(header), ours)).toBe(false);
  });
});

describe("whose a mail is", () => {
  it.each([
    ["mx.example; spf=pass; dkim=pass; dmarc=fail", true],
    ["mx.example; spf=fail; dkim=none", true],
    ["mx.example; spf=fail; dkim=pass; dmarc=pass", false],
    ["mx.example; spf=softfail", false],
  ])("is doubted as the topmost note says: %s", async (note, doubted) => {
    const forged = "Authentication-Results: mx.example; dmarc=pass; spf=pass; dkim=pass";
    expect(isDoubted(await mail(`Authentication-Results: ${note}\r\n${forged}`))).toBe(doubted);
  });
});
