import { describe, expect, it } from "vitest";
import { readOptions } from "#scripts/hub/options.ts";

const PUBLIC = "https://go.shop.example";
const SMTP = "smtps://user:secret@mail.shop.example";
const FULL = { RAPPORT_PUBLIC_URL: PUBLIC, RAPPORT_SMTP_URL: SMTP };
const read = (args: readonly string[], environment: Record<string, string> = FULL) =>
  readOptions(args, environment, "/srv/rapport/");

describe("the settings of a hub that serves customers", () => {
  it("come from the environment, with the rest by default", () => {
    expect(read([])).toEqual({
      publicUrl: PUBLIC,
      smtpUrl: SMTP,
      host: "127.0.0.1",
      port: 4000,
      awsPort: 4001,
      state: "/srv/rapport/.rapport/serve",
      playbook: "/srv/rapport/playbooks/retail",
      logs: false,
    });
  });

  it("come from flags before the environment", () => {
    const flags = ["--public-url", "https://a.example/hub/", "--smtp-url", "smtp://b:25", "--port", "80"];
    expect(read([...flags, "--listen", "0.0.0.0", "--state", "/var/hub", "--logs"])).toMatchObject({
      publicUrl: "https://a.example/hub",
      smtpUrl: "smtp://b:25",
      host: "0.0.0.0",
      port: 80,
      awsPort: 81,
      state: "/var/hub",
      logs: true,
    });
    expect(read(["--port", "0"]).awsPort).toBe(0);
  });

  it("that are missing are all named at once, each with what it is for", () => {
    const reading = () => read([], {});
    expect(reading).toThrow("it needs --public-url (or RAPPORT_PUBLIC_URL): where customers reach this hub");
    expect(reading).toThrow("it needs --smtp-url (or RAPPORT_SMTP_URL): the mail server that takes its mail");
  });

  it.each([
    ["shop.example"],
    ["ftp://shop.example"],
    ["https://shop.example/?a=1"],
    ["https://shop.example/#a"],
    ["https://me:you@shop.example"],
    ["https://"],
  ])("do not take %s for a public address", (url) => {
    expect(() => read(["--public-url", url])).toThrow("--public-url (or RAPPORT_PUBLIC_URL)");
  });

  it.each([["mail.shop.example:587"], ["http://user:secret@mail"], ["smtp://"], ["smtp"]])(
    "do not take %s for a mail server, and repeat no password",
    (url) => {
      expect(() => read(["--smtp-url", url])).toThrow(/that is no mail server; --smtp-url(?!.*secret)/);
    },
  );

  it.each([["x"], ["-1"], ["65536"], ["4e3"], [""]])("do not take %j for a port", (port) => {
    expect(() => read([`--port=${port}`])).toThrow(`PORT is "${port}", which is no port`);
  });

  it("do not take what nobody knows", () => {
    expect(() => read(["--publik-url", PUBLIC])).toThrow("--publik-url");
  });
});
