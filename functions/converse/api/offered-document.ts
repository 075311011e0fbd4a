/** What people read of the call that fills in what is said often. */
export const cannedAnswers = {
  summary: "What agents say often, filled in for the customer of a conversation",
  description:
    "Canned answers of the playbook, those about the conversation's topic first, in the customer's language. `___` stands where nothing is known, `gaps` times; `text` null: it cannot be filled in. Nothing is sent: whoever looked it over sends it as `text`.",
  query: {
    language: {
      about: "Another language than the customer's, by a tag of at most 200 characters",
      example: "de",
    },
    as: {
      about: "How the agent calls themselves, where it is not their key's name; at most 200 characters",
      example: "Ana",
    },
  },
  answers: {
    200: {
      items: [
        {
          name: "parcel-on-its-way",
          title: "The parcel is on its way",
          language: "en",
          text: "Hello Kim, your parcel has left our house.",
          gaps: 0,
        },
      ],
      cursor: null,
    },
  },
} as const;

/** What people read of the call that suggests answers. */
export const suggestions = {
  summary: "Pages of the playbook's knowledge that may answer what the customer asks, best first",
  description:
    "At most three, in the customer's language where there is one. Send `lastSeq` as `ifLastSeq` of the answer: it is refused where the customer wrote again meanwhile.",
  params: { id: { about: "A conversationId", example: "cnv_163a6d082c24fae75083482527" } },
  query: { q: { about: "Other words to look for; at most 500 characters", example: "refund" } },
  answers: {
    200: {
      lastSeq: 2,
      items: [
        {
          page: "delivery",
          version: "pag_163a6d082c24fae75083482527",
          locale: "en",
          title: "How long delivery takes",
          answer: "Two days within Germany.",
          text: "Orders that we get before noon leave on the same working day.",
        },
      ],
    },
  },
} as const;
