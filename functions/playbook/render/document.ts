import type { Described } from "#runtime/http/described.ts";
import type { operations } from "./operations.ts";

export const described: Described<typeof operations> = {
  tag: { name: "Previews", description: "What a message would look like, before anybody gets it." },
  calls: {
    renderTreatment: {
      summary: "Render a treatment for a customer, without sending it",
      description:
        "In any version of the playbook or in a draft, for any customer and in any language; `unsaved` lays texts of an editor over the draft's files. Nothing is stored or counted; links lead nowhere.",
      request: {
        treatment: "order-shipped",
        channel: "sms",
        event: { name: "Order Shipped", order_id: "A-1", carrier: "DHL" },
      },
      answers: {
        200: {
          playbook: "pb_d729afc85061d9129b8e822ceb",
          action: "order-shipped",
          treatment: "order-shipped",
          channel: "sms",
          locale: "en",
          locales: ["en", "de"],
          message: { to: "+12025550100", from: "TAMARACK", text: "Your order A-1 is on its way.", parts: 1 },
          units: 1,
          warnings: [],
        },
        422: {
          type: "urn:rapport:problem:playbook_invalid",
          title: "The playbook is not valid",
          status: 422,
          code: "playbook_invalid",
          message: "templates/order-shipped/sms.txt:1:9 This is no Liquid",
          errors: [
            {
              severity: "error",
              file: "templates/order-shipped/sms.txt",
              line: 1,
              column: 9,
              code: "liquid",
              message: "This is no Liquid",
            },
          ],
        },
      },
    },
  },
};
