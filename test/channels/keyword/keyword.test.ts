import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keywordIn } from "#channels/keyword/keyword.ts";

describe("what a customer's text asks for by law", () => {
  it.each([
    ["STOP", "stop"],
    [" stop ", "stop"],
    ["Stop!!", "stop"],
    ["“STOP”", "stop"],
    ["🛑 stop", "stop"],
    ["ＳＴＯＰ", "stop"],
    ["Stop, please", "stop"],
    ["please STOP. Thank you", "stop"],
    ["STOPALL", "stop"],
    ["Stop all", "stop"],
    ["END", "stop"],
    ["QUIT", "stop"],
    ["Opt-out", "stop"],
    ["OPTOUT", "stop"],
    ["revoke", "stop"],
    ["UNSUBSCRIBE", "stop"],
    ["Arrêt", "stop"],
    ["ARRET", "stop"],
    ["S'il vous plaît, arrêtez", "stop"],
    ["Abmelden bitte", "stop"],
    ["Stopp", "stop"],
    ["BAJA", "stop"],
    ["cancellami, grazie", "stop"],
    ["Afmelden", "stop"],
    ["avanmäl", "stop"],
    ["START", "start"],
    ["unstop", "start"],
    ["HELP", "help"],
    ["Hilfe!", "help"],
    ["hjälp", "help"],
    ["info", "help"],
  ])("%j is %s", (text, keyword) => {
    expect(keywordIn(text)).toBe(keyword);
  });

  it.each([
    "please stop texting me",
    "Hi, could you stop sending me these messages?",
    "Don't text me again",
    "I do not want to receive any more texts from you",
    "no more marketing texts please",
    "Take me off your list",
    "remove my number from this",
    "leave me alone",
    "Bitte keine SMS mehr",
    "Schreiben Sie mir nicht mehr!",
    "Lasst mich in Ruhe",
    "Arrêtez de m'envoyer des messages",
    "ne m'écrivez plus",
    "No me envíen más mensajes",
    "Dejen de escribirme",
    "non mandatemi più messaggi",
    "Geen berichten meer aub",
    "Sluta skicka sms",
  ])("%j is a revocation in words of their own", (text) => {
    expect(keywordIn(text)).toBe("revocation");
  });

  it.each([
    "",
    "   ",
    "👍",
    "Please don't stop texting me",
    "When does the sale stop? Text me",
    "Why did you stop sending me coupons?",
    "I can't stop laughing",
    "Where is the bus stop",
    "Please cancel my order A-7",
    "the end of the street",
    "I need help with my order",
    "Can you start the order",
    "Ich kann nicht aufhören",
    "Text me the opening hours",
  ])("%j asks for nothing of the kind", (text) => {
    expect(keywordIn(text)).toBeNull();
  });

  it("reads any text, however long and strange, and reads it the same in any case", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 3_000 }), (text) => {
        expect([null, "stop", "start", "help", "revocation"]).toContain(keywordIn(text));
      }),
    );
    expect(keywordIn(`stop ${"a ".repeat(500_000)}`)).toBeNull();
  });
});
