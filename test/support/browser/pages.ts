import type { Hub } from "../hub/client.ts";
import { liveInShop } from "./people.ts";

/** Kim answers a text message; gives the conversation. */
const writeToUs = async (hub: Hub): Promise<string> => {
  const phone = "+12025550191";
  await hub.tell("identify", { userId: "kim", traits: { phone } });
  await hub.settle();
  const content = { text: "Your parcel leaves us today." };
  await hub.send({ to: "userId:kim", category: "transactional", channel: "sms", content }, "parcel");
  await hub.settle();
  await hub.call("POST", "/_local/inbound", { channel: "sms", from: phone, text: "Where is it?" });
  await hub.settle();
  const { body } = await hub.call("GET", "/v1/profiles/userId:kim/conversations");
  return Object(body).items[0].conversationId;
};

/** Lives so that no page of the console is empty. Gives the address of each below `/console`, by what is seen there. */
export const liveForPages = async (hub: Hub): Promise<Readonly<Record<string, string>>> => {
  await liveInShop(hub);
  const { customerId } = await hub.profile("userId:ada");
  const conversationId = await writeToUs(hub);
  const timeline = await hub.timeline("userId:ada");
  const idOf = (kind: string): string => timeline.find((item) => item.kind === kind)?.id ?? "";
  const { body: draft } = await hub.call("POST", "/v1/drafts", { name: "Access" });
  await hub.call("POST", "/v1/people", { email: "lou@tamarack.example", name: "Lou", roles: [] });
  await hub.call("POST", "/v1/keys", { name: "crm", scopes: ["decide", "profiles:read"] });
  const begun = `/playbook/${Reflect.get(Object(draft), "draftId")}`;
  return {
    Today: "/",
    "Find a customer": "/customers",
    "What happened": `/customers/${customerId}`,
    "Not chosen": `/customers/${customerId}?why=${idOf("decision")}`,
    "How it went": `/customers/${customerId}?message=${idOf("message")}`,
    "Why not? What if?": `/customers/${customerId}?ask=now`,
    "Nothing is open": "/inbox",
    "It began with this": `/inbox?open=${conversationId}`,
    "What a company says over days and weeks": "/journeys",
    "The way through": "/journeys/first-weeks",
    "A draft changes nothing for customers": "/playbook",
    "Hit policy": `${begun}?file=decisions/discount.dmn`,
    "Written in": `${begun}?file=templates/welcome/email.mjml`,
    "Take the file away": `${begun}?file=segments.yaml`,
    "Where it may be offered": `${begun}?file=actions/cart-reminder.yaml`,
    "What this draft changes": `${begun}?view=review`,
    "What came of what was decided": "/outcomes",
    "cart wording": "/outcomes?view=experiments",
    "What was learnt": "/outcomes?view=models",
    "What you may do": "/settings",
    "may log in": "/settings?view=people",
    "Good for": "/settings?view=keys",
    "Made a key": "/settings?view=audit",
    "There is nothing here": "/nowhere",
  };
};
