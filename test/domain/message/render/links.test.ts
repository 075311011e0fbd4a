import { describe, expect, it } from "vitest";
import { render as renderEmail } from "#channels/email/render.ts";
import { render as renderPush } from "#channels/push/render.ts";
import { render as renderSms } from "#channels/sms/render.ts";
import { renderAs } from "../../../support/sending/render.ts";

const UNSUBSCRIBE = "https://hub.example/u/token";
const email = renderAs("email", renderEmail);
const sms = renderAs("sms", renderSms);
const push = renderAs("push", renderPush);

const mail = (html: string, data: Record<string, unknown> = {}, links: readonly string[] = []) =>
  email({ subject: "Hi", html: `<p>Hello</p>${html}` }, data, links);

describe("a link from data", () => {
  it.each([
    "https://evil.example/x",
    "//evil.example/x",
    "https:evil.example",
    "HTTPS://EVIL.EXAMPLE",
    "\\\\evil.example",
    "https:\\\\evil.example",
    "ht\ttps://evil.example",
    "\n https://evil.example",
    "https://shop.example@evil.example",
    "https://shop.example\\@evil.example",
    "https://shop.example.evil.example",
    "https://www.shop.example",
    "https://evil.example:443/shop.example",
    "https://xn--shp-rla.example/",
    "webcal://evil.example/x",
  ])("to %j is left out of a mail, and told", (url) => {
    const { message: sent, warnings } = mail(
      '<a class="b" href="{{ data.url }}">go</a><img src="{{ data.url }}" alt="Tea">',
      { url },
    );
    expect(sent.html).toContain('<a class="b" >go</a><img  alt="Tea">');
    expect(`${sent.html}${sent.text}`.toLowerCase()).not.toContain("evil.example");
    expect(warnings).toEqual([{ code: "link-left-out", part: "html", host: expect.any(String) }]);
  });

  it.each([
    ["the website's host", "https://shop.example/tea?a=1&b=2", []],
    ["the website's host on another port", "http://SHOP.example:8080/", []],
    ["a host among the brand's links", "https://parcel.example/1", ["parcel.example"]],
    ["a host below one of them", "//img.shop.example/1.png", ["*.shop.example"]],
    ["a host that the brand writes elsewhere", "https://apps.example/other", []],
    ["a mailbox", "mailto:help@shop.example", []],
  ])("to %s stays", (_what, url, links) => {
    const { message: sent, warnings } = mail('<a href="{{ data.url }}">go</a>', { url }, links);
    expect(sent.html).toContain(`<a href="${url.replaceAll("&", "&amp;")}">go</a>`);
    expect(warnings).toEqual([]);
  });

  it("stays where the template writes the host out itself, and in no other template", () => {
    const data = { path: "/x", url: "https://partner.example/y" };
    const written = '<a href="https://partner.example{{ data.path }}">a</a><a href="{{ data.url }}">b</a>';
    expect(mail(written, data).message.html).toContain(
      '<a href="https://partner.example/x">a</a><a href="https://partner.example/y">b</a>',
    );
    expect(mail('<a href="{{ data.url }}">b</a>', data).message.html).not.toContain("partner.example");
  });

  it("cannot go on with a host that the template begins", () => {
    const html = '<a href="https://partner.example{{ data.path }}">a</a>';
    for (const path of [".evil.example/", "@evil.example/", ":x@evil.example", "\\@evil.example"]) {
      expect(mail(html, { path }).message.html).not.toContain("evil.example");
    }
  });

  it.each<[where: string, html: string]>([
    ["an address without quotes", "<a href={{ data.url }}>x</a>"],
    ["a list of pictures", '<img srcset="{{ data.url }} 2x">'],
    ["a background", '<table background="{{ data.url }}"></table>'],
    ["a style", '<p style="color:red;background:url({{ data.url }})">x</p>'],
    ["a sheet of styles", "<style>p { background: url({{ data.url | raw }}) }</style>"],
    ["a form", '<form action="{{ data.url }}"></form>'],
    ["a redirect", '<meta http-equiv="refresh" content="0; url={{ data.url }}">'],
    ["a base", '<base href="{{ data.url }}">'],
    ["a picture of Outlook's", '<!--[if mso]><v:fill src="{{ data.url }}" /><![endif]-->'],
    ["text that programs make a link of", "<p>See {{ data.url }}</p>"],
    ["HTML of its own", "{{ data.html | raw }}"],
    ["HTML of its own in a picture's title", "<svg><title>{{ data.html | raw }}</title></svg>"],
  ])("is left out of %s", (_where, html) => {
    const data = { url: "https://evil.example/x", html: '<a href="//evil.example/x">x</a>' };
    const { message: sent, warnings } = mail(html, data);
    expect(sent.html).not.toContain("evil.example");
    expect(sent.html).toContain("Hello");
    expect(warnings).toHaveLength(1);
  });

  it.each(["https&colon;&sol;&sol;evil.example", "&#104ttps://evil.example", "&#x2f&#x2fevil.example"])(
    "is read as browsers read %s in HTML of its own",
    (href) => {
      const { message: sent } = mail("{{ data.html | raw }}", { html: `<a href="${href}">x</a>` });
      expect(sent.html).not.toContain("evil.example");
    },
  );

  it("is left out of subject, preheader and text of a mail", () => {
    const part = "See {{ data.url }} now";
    const content = { subject: part, preheader: part, text: part, html: "<p>{{ data.name }}</p>" };
    const { message: sent, warnings } = email(content, { url: "www.evil.example", name: "Tea" });
    expect([sent.subject, sent.text]).toEqual(["See  now", "See  now"]);
    expect(sent.html).not.toContain("evil.example");
    expect(warnings.map(({ part: name }) => name).sort()).toEqual(["preheader", "subject", "text"]);
  });

  it("is left out of a text message, in Markdown too", () => {
    const text = "Parcel: {{ data.a }} {{ data.b }} https://shop.example/t";
    const data = { a: "https://evil.example/1", b: "[x](https://evil.example/2)" };
    expect(sms({ text }, data).message.text).toBe("Parcel:  [x]() https://shop.example/t");
  });

  it("does not open from a push message, nor come along with it", () => {
    const content = {
      title: "Hi",
      body: "There",
      url: "{{ data.url }}",
      image: "{{ data.url }}",
      data: { page: "{{ data.url }}" },
    };
    for (const url of [
      "https://evil.example",
      "//evil.example",
      "https:evil.example",
      "h\nttps://evil.example",
    ]) {
      const { message: sent } = push(content, { url });
      expect(sent).toMatchObject({ title: "Hi", data: { page: "" } });
      expect([sent.url, sent.image]).toEqual([undefined, undefined]);
    }
    expect(push(content, { url: "shopapp://cart" }).message.url).toBe("shopapp://cart");
  });

  it("does not lead to pages of the hub, which lead on; those about the message itself stay", () => {
    const { message: sent } = mail('<a href="{{ data.url }}">x</a><a href="{{ unsubscribe_url }}">y</a>', {
      url: "https://hub.example/l/an-old-token",
    });
    expect(sent.html).not.toContain("hub.example/l/");
    expect(sent.html).toContain(`href="${UNSUBSCRIBE}"`);
  });
});

describe("what a template writes itself", () => {
  it.each([
    '<a href="https://partner.example/x">x</a><img src="//cdn.example/x.png">',
    '<link href="https://fonts.example/css" rel="stylesheet"><style>@import url(https://fonts.example/css);</style>',
    '<!--[if mso]><v:fill src="https://cdn.example/x.png" /><![endif]-->',
    "<p style=\"background:url('https://cdn.example/x.png') center\">&nbsp;&copy; www.partner.example</p>",
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1.dtd"><html xmlns="http://www.w3.org/1999/xhtml"></html>',
    '<script type="application/ld+json">{"@context":"http://schema.org"}</script>',
    '{% assign base = "https://partner.example" %}<a href="{{ base }}/x">x</a>',
    '<a href="{{ data.none | default: "https://partner.example/x" }}">x</a>',
    '<a href="{{ brand.website }}/x?n={{ data.name }}">x</a><a href="{{ brand.extra.app }}">y</a>',
  ])("stays: %s", (html) => {
    const { warnings } = mail(`${html}<p>{{ data.name }}</p>`, { name: "Tea" });
    expect(warnings).toEqual([]);
  });
});
