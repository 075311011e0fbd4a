import "./ui/tokens.css";
import "./ui/base.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { newQueryClient } from "./data/query-client.ts";
import { logInAt, meQuery } from "./data/session.ts";
import { newRouter } from "./shell/routes.tsx";
import { keptTheme, wearTheme } from "./shell/theme.ts";
import { LanguageProvider } from "./words/language.tsx";

wearTheme(keptTheme());
const queries = newQueryClient();
const router = newRouter();
const place = document.getElementById("console");
if (place === null) throw new Error("index.html has no place for the console");

createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <LanguageProvider>
        <RouterProvider router={router} />
      </LanguageProvider>
    </QueryClientProvider>
  </StrictMode>,
);

// The page is drawn first. Nobody has typed anything yet: who is not logged in goes there at once.
const me = await queries.fetchQuery(meQuery).catch(() => undefined);
if (me === null) location.replace(logInAt(location.pathname + location.search));
