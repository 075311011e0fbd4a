import { catalogue } from "./catalogue.ts";

/** Events that nobody calls by words: those of the hub's own, and Segment's calls. */
export const happened = catalogue<Readonly<Record<string, string>>>(
  {
    identify: "Told who they are",
    page: "Looked at a page",
    screen: "Looked at a screen",
    group: "Joined a group",
    alias: "Known by another id, too",
    "segment.entered": "Entered a segment",
    "segment.exited": "Left a segment",
    "time.came": "A day came",
    "journey.entered": "Came into a journey",
    "journey.moved": "Went on in a journey",
    "journey.left": "Left a journey",
    "journey.paused": "Kept still in a journey",
    "journey.resumed": "Goes on in a journey",
    "conversation.changed": "A conversation changed",
    "conversation.breached": "Was not answered in time",
  },
  {
    identify: "Sagt, wer es ist",
    page: "Sah eine Seite an",
    screen: "Sah einen Schirm an",
    group: "Trat einer Gruppe bei",
    alias: "Auch unter anderer Kennung bekannt",
    "segment.entered": "Kam in ein Segment",
    "segment.exited": "Verließ ein Segment",
    "time.came": "Ein Tag kam",
    "journey.entered": "Kam auf eine Reise",
    "journey.moved": "Ging auf einer Reise weiter",
    "journey.left": "Verließ eine Reise",
    "journey.paused": "Wird auf einer Reise angehalten",
    "journey.resumed": "Geht auf einer Reise weiter",
    "conversation.changed": "Ein Gespräch hat sich geändert",
    "conversation.breached": "Bekam nicht rechtzeitig Antwort",
  },
);
