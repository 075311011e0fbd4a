import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { BrokenPage, MissingPage } from "./missing.tsx";
import { Shell } from "./shell.tsx";

const root = createRootRoute({
  component: Shell,
  notFoundComponent: MissingPage,
  errorComponent: BrokenPage,
});

/** A number that stands in an address is read as one. */
const text = (value: unknown): string | undefined => {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
};
/** Members that are there: an address holds no empty ones. */
const given = <Names extends string>(search: Record<string, unknown>, ...names: readonly Names[]) =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = text(search[name]);
      return value === undefined ? [] : [[name, value]];
    }),
  ) as { readonly [Name in Names]?: string };

const today = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("#console/places/today/today.tsx"), "Today"),
});
const customers = createRoute({
  getParentRoute: () => root,
  path: "/customers",
  component: lazyRouteComponent(() => import("#console/places/customers/find.tsx"), "FindCustomer"),
});
const customer = createRoute({
  getParentRoute: () => root,
  path: "/customers/$customerId",
  // A customerId of ours says nothing of anybody; mail addresses and names never stand in an address.
  validateSearch: (search) => given(search, "why", "message", "ask"),
  component: lazyRouteComponent(() => import("#console/places/customers/customer.tsx"), "Customer"),
});
const inbox = createRoute({
  getParentRoute: () => root,
  path: "/inbox",
  validateSearch: (search) => given(search, "view", "sort", "team", "open"),
  component: lazyRouteComponent(() => import("#console/places/inbox/inbox.tsx"), "Inbox"),
});
const journeys = createRoute({
  getParentRoute: () => root,
  path: "/journeys",
  component: lazyRouteComponent(() => import("#console/places/journeys/journeys.tsx"), "Journeys"),
});
const journey = createRoute({
  getParentRoute: () => root,
  path: "/journeys/$name",
  validateSearch: (search) => given(search, "step"),
  component: lazyRouteComponent(() => import("#console/places/journeys/journey.tsx"), "JourneyPage"),
});
const playbook = createRoute({
  getParentRoute: () => root,
  path: "/playbook",
  component: lazyRouteComponent(() => import("#console/places/playbook/overview.tsx"), "Playbook"),
});
const draft = createRoute({
  getParentRoute: () => root,
  path: "/playbook/$draftId",
  validateSearch: (search) => given(search, "file", "view"),
  component: lazyRouteComponent(() => import("#console/places/playbook/draft.tsx"), "DraftPage"),
});
const outcomes = createRoute({
  getParentRoute: () => root,
  path: "/outcomes",
  validateSearch: (search) => given(search, "view", "by", "days"),
  component: lazyRouteComponent(() => import("#console/places/outcomes/outcomes.tsx"), "Outcomes"),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  validateSearch: (search) => given(search, "view", "actor", "call", "target", "from", "to"),
  component: lazyRouteComponent(() => import("#console/places/settings/settings.tsx"), "Settings"),
});

/** Each page by its address below `/console`. A page's code comes when somebody is about to go there. */
export const newRouter = () =>
  createRouter({
    routeTree: root.addChildren([
      today,
      inbox,
      customers,
      customer,
      journeys,
      journey,
      playbook,
      draft,
      outcomes,
      settings,
    ]),
    basepath: "/console",
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
  });

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof newRouter>;
  }
  interface HistoryState {
    /** What somebody looks for among customers. */
    find?: string;
  }
}
