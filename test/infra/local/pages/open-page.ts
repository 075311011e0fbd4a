import { JSDOM } from "jsdom";
import { afterEach } from "vitest";

export type Asked = { readonly path: string; readonly body: unknown; readonly key: string };
type Sent = { readonly body?: string; readonly headers?: { readonly authorization?: string } };

let open: JSDOM | undefined;
// Registered when a test file imports this module: the page that a test opened ends with it.
afterEach(() => open?.window.close());

/**
 * A page in a document, with answers by path in place of those of the API; an Error is a refusal.
 * @param answers to change while the page is open, take `shown`
 */
export const openPage = (page: string, answers: Readonly<Record<string, unknown>>, address: string) => {
  const asked: Asked[] = [];
  const shown = { ...answers };
  const fetch = async (path: string, { body, headers }: Sent) => {
    const key = atob((headers?.authorization ?? "").replace("Basic ", "")).replace(/:$/, "");
    asked.push({ path, body: body === undefined ? undefined : JSON.parse(body), key });
    const answer = shown[path];
    return answer instanceof Error
      ? { ok: false, json: async () => ({ message: answer.message }) }
      : { ok: true, json: async () => answer };
  };
  const script = /<script type="module">([\s\S]*)<\/script>/.exec(page)?.[1] ?? "";
  open = new JSDOM(page.replace(script, ""), {
    url: `http://127.0.0.1:4000${address}`,
    runScripts: "dangerously",
    pretendToBeVisual: true,
  });
  const { window } = open;
  Object.assign(window, { fetch });
  // jsdom runs no modules: the same code as a function of its own.
  window.eval(`void (async () => {${script}})()`);
  const text = (id: string): string => String(window.eval(`document.getElementById("${id}").textContent`));
  const links = (selector: string): unknown =>
    JSON.parse(
      String(
        window.eval(
          `JSON.stringify([...document.querySelectorAll("${selector} a")].map((a) => a.getAttribute("href")))`,
        ),
      ),
    );
  return { asked, shown, text, links, window };
};
