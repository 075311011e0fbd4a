import { BROWSER } from "./browser.ts";
import { layout } from "./layout.ts";

const STEPS = [
  ["PT1H", "An hour"],
  ["P1D", "A day"],
  ["P7D", "A week"],
] as const;

/** Turns the local clock, and shows what fell due on the way. */
export function clockPage(now: number): string {
  const buttons = STEPS.map(([length, name]) => `<button data-length="${length}">${name}</button>`).join("");
  const body = `<h1>The clock</h1>
<p>It is <time id="now">${new Date(now).toISOString().slice(0, 19).replace("T", " ")}</time> UTC for the hub. It goes forward only.</p>
<form id="steps" aria-label="Turn the clock forward">${buttons}</form>
<section id="outcome" aria-label="What fell due" aria-live="polite"></section>
<script type="module">${BROWSER}${SCRIPT}</script>`;
  return layout("The clock", "clock", "", body);
}

const SCRIPT = `
const turn = async (advance) => {
  const parent = at("outcome");
  const before = await ask("/_local/clock");
  const { now, fired } = await ask("/_local/clock", { advance });
  at("now").textContent = shortTime(now);
  parent.replaceChildren();
  add(parent, "p", fired === 1 ? "One thing fell due." : fired + " things fell due.");
  await showSince(parent, before.now);
};
at("steps").addEventListener("submit", (event) => event.preventDefault());
at("steps").addEventListener("click", ({ target }) => {
  const { length } = target.dataset;
  if (length === undefined) return;
  const buttons = [...document.querySelectorAll("#steps button")];
  for (const button of buttons) button.disabled = true;
  at("outcome").replaceChildren();
  add(at("outcome"), "p", "Turning\\u2026", "muted");
  turn(length)
    .catch((error) => {
      at("outcome").replaceChildren();
      add(at("outcome"), "p", error.message);
    })
    .finally(() => {
      for (const button of buttons) button.disabled = false;
      target.focus();
    });
});
`;
