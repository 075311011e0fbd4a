import type { Hub } from "../hub/client.ts";
import { consentTo } from "../hub/people.ts";

/** Who is looked at in the console: one who agreed to nothing, one who agreed, one whose names are hostile. */
export const SHOP_PEOPLE = {
  kim: { userId: "kim", email: "kim@example.com", firstName: "Kim", lastName: "Larsen" },
  ada: { userId: "ada", email: "ada@example.com", firstName: "Ada", lastName: "Byron" },
  hostile: {
    userId: "hostile",
    email: "hostile@example.com",
    firstName: `<img src=x onerror="document.title='owned'">`,
    lastName: `\u202E${"W".repeat(300)}`,
  },
} as const;

/** Lets them live a little: they sign up, look at coffee, put it into a cart, one buys. */
export const liveInShop = async (hub: Hub): Promise<void> => {
  for (const { userId, email, firstName, lastName } of Object.values(SHOP_PEOPLE)) {
    await hub.tell("identify", { userId, traits: { email, firstName, lastName } });
    if (userId !== "kim") await hub.tell("track", consentTo("email", userId));
    await hub.settle();
    await hub.tell("track", { userId, event: "Signed Up" });
    await hub.tell("track", {
      userId,
      event: "Product Viewed",
      properties: { product_id: "p1", name: "Kenya", category: "Coffee", price: 14 },
    });
    await hub.settle();
    await hub.decide({ customer: `userId:${userId}`, placement: "web.home.hero" });
  }
  await hub.tell("track", {
    userId: "ada",
    event: "Order Completed",
    properties: { order_id: "o1", total: 28, revenue: 26 },
  });
  await hub.settle();
  // Reports are added up by batches.
  await hub.advance("PT1M");
};
