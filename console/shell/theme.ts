/** Under it the browser keeps which look was chosen: that says nothing of anybody. */
const KEPT = "rapport.theme";

export const THEMES = ["light", "dark", "system"] as const;
export type Theme = (typeof THEMES)[number];

export const keptTheme = (): Theme => {
  try {
    const kept = localStorage.getItem(KEPT);
    return THEMES.find((theme) => theme === kept) ?? "system";
  } catch {
    return "system";
  }
};

/** Puts a look on, and keeps it for the next visit where the browser lets it. */
export const wearTheme = (theme: Theme): void => {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEPT, theme);
  } catch {
    // Storage is forbidden: the look holds for as long as the page lives.
  }
};
