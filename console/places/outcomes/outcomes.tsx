import { getRouteApi } from "@tanstack/react-router";
import { Page } from "#console/ui/page.tsx";
import { Tabs } from "#console/ui/tabs.tsx";
import { useWords } from "#console/words/language.tsx";
import { Experiments } from "./experiments.tsx";
import { Models } from "./models.tsx";
import { Results } from "./results.tsx";
import { outcomeWords } from "./words.ts";

const route = getRouteApi("/outcomes");
const VIEWS = ["results", "experiments", "models"] as const;

/** What came of it: by whatever one asks for, by experiment, and what was learnt from it. */
export const Outcomes = () => {
  const { words } = useWords(outcomeWords);
  const { view } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={words.title}>
      <Tabs
        label={words.views}
        value={VIEWS.find((name) => name === view) ?? "results"}
        onChange={(name) => void navigate({ search: (search) => ({ ...search, view: name }), replace: true })}
        tabs={[
          { name: "results", title: words.results, panel: <Results /> },
          { name: "experiments", title: words.experiments, panel: <Experiments /> },
          { name: "models", title: words.models, panel: <Models /> },
        ]}
      />
    </Page>
  );
};
