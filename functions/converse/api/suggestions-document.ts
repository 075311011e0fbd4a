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
