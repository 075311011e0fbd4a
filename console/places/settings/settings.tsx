import { getRouteApi } from "@tanstack/react-router";
import { useMay } from "#console/data/session.ts";
import { Page } from "#console/ui/page.tsx";
import { Tabs } from "#console/ui/tabs.tsx";
import { useWords } from "#console/words/language.tsx";
import { Audit } from "./audit.tsx";
import { Keys } from "./keys.tsx";
import { People } from "./people.tsx";
import { settingsWords } from "./words.ts";
import { You } from "./you.tsx";

const route = getRouteApi("/settings");

/** Who may do what in this hub, what programs call it with, and who changed what. */
export const Settings = () => {
  const { words } = useWords(settingsWords);
  const { view } = route.useSearch();
  const navigate = route.useNavigate();
  const may = { people: useMay("listPeople"), keys: useMay("listKeys"), audit: useMay("listAudit") };
  const tabs = [
    { name: "you", title: words.you, panel: <You /> },
    { name: "people", title: words.people, panel: <People /> },
    { name: "keys", title: words.keys, panel: <Keys /> },
    { name: "audit", title: words.audit, panel: <Audit /> },
  ] as const;
  // Whoever follows a link to what they may not see is told so by the page itself.
  const shown = tabs.filter(({ name }) => name === "you" || name === view || may[name]);
  return (
    <Page title={words.title}>
      <Tabs
        label={words.views}
        value={tabs.find(({ name }) => name === view)?.name ?? "you"}
        onChange={(name) => void navigate({ search: { view: name }, replace: true })}
        tabs={shown}
      />
    </Page>
  );
};
