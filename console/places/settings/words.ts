import { catalogue } from "#console/words/catalogue.ts";

export const settingsWords = catalogue(
  {
    title: "Settings",
    you: "You",
    name: "Name",
    roles: "Roles",
    may: "What you may do",
    mayCount: { one: "# call of the API", other: "# calls of the API" },
    noRoles: "None yet: an administrator puts you into a group.",
  },
  {
    title: "Einstellungen",
    you: "Sie",
    name: "Name",
    roles: "Rollen",
    may: "Was Sie dürfen",
    mayCount: { one: "# Aufruf der API", other: "# Aufrufe der API" },
    noRoles: "Noch keine: Wer verwaltet, nimmt Sie in eine Gruppe auf.",
  },
);
