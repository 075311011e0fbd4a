import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ChatApi, Message } from "#widget/chat-api.ts";
import { type ChatLog, chatLog, type Unsent } from "#widget/chat-log.ts";

/** A hub in memory, and the line to it: what reaches the hub, and whether its answers come back. */
const hub = () => {
  const messages: Message[] = [];
  const line = { reaches: true, comesBack: true, tooMany: 0, asked: 0 };
  const put = (text: string, direction: "in" | "out", clientId?: string): void => {
    if (clientId !== undefined && messages.some((one) => one.clientId === clientId)) return;
    const seq = messages.length + 1;
    const at = new Date(Date.now()).toISOString();
    messages.push({ seq, messageId: `m${seq}`, direction, text, at, ...(clientId ? { clientId } : {}) });
  };
  /** Past ten seconds a call counts as lost. */
  const lost = () => new Promise((resolve) => setTimeout(resolve, 10_000));
  const api: ChatApi = {
    tell: async ({ text, clientId }) => {
      line.asked += 1;
      if (line.tooMany > 0) {
        line.tooMany -= 1;
        return { result: "later", waitMs: 2_000 };
      }
      if (text === "refused") return { result: "never" };
      if (line.reaches) put(text, "in", clientId);
      if (line.reaches && line.comesBack) return { result: "sent" };
      await lost();
      return { result: "later", waitMs: 2_000 };
    },
    read: async (after) => {
      line.asked += 1;
      if (!line.reaches || !line.comesBack) {
        await lost();
        return null;
      }
      return after === null ? messages.slice(-30) : messages.slice(after, after + 100);
    },
  };
  return { api, line, messages, put };
};

let stored: readonly Unsent[];
const save = (unsent: readonly Unsent[]): void => {
  stored = unsent;
};
const open = (api: ChatApi): ChatLog => chatLog(api, { load: () => stored, save }, () => {});
const textsIn = (log: ChatLog): readonly string[] => log.messages().map(({ text }) => text);
const MINUTE = 60_000;

beforeEach(() => {
  stored = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("what stands in the chat of a page", () => {
  it("is what was written and answered, each once and in order, by two tabs", async () => {
    const { api, put } = hub();
    const [one, other] = [open(api), open(api)];
    one.watch(true);
    other.watch(true);
    for (const text of ["a", "b", "c"]) one.write(text);
    other.write("d");
    await vi.advanceTimersByTimeAsync(3_000);
    put("answer", "out");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(textsIn(one).toSorted()).toEqual(["a", "answer", "b", "c", "d"]);
    expect(textsIn(other)).toEqual(textsIn(one));
    expect([one.unsent(), other.unsent(), stored]).toEqual([[], [], []]);
  });

  it("lacks nothing and has nothing twice after a line that heard nothing for two minutes", async () => {
    const { api, line, messages, put } = hub();
    const log = open(api);
    log.watch(true);
    await vi.advanceTimersByTimeAsync(1_000);
    line.comesBack = false;
    log.write("are you there?");
    for (let minute = 0; minute < 2; minute++) {
      put(`answer ${minute}`, "out");
      await vi.advanceTimersByTimeAsync(MINUTE);
    }
    // It reached the hub; the page cannot know, and says that it waits.
    expect([messages.length, log.unsent().length]).toEqual([3, 1]);
    line.comesBack = true;
    await vi.advanceTimersByTimeAsync(15_000);
    expect(textsIn(log)).toEqual(["are you there?", "answer 0", "answer 1"]);
    expect(log.unsent()).toEqual([]);
  });

  it("lacks nothing after three hours asleep, and hundreds of messages", async () => {
    const { api, put } = hub();
    const log = open(api);
    log.watch(true);
    await vi.advanceTimersByTimeAsync(1_000);
    vi.setSystemTime(Date.now() + 180 * MINUTE);
    for (let index = 0; index < 250; index++) put(`m${index}`, "out");
    log.watch(true);
    await vi.advanceTimersByTimeAsync(100);
    expect(textsIn(log)).toEqual(Array.from({ length: 250 }, (_, index) => `m${index}`));
  });

  it("goes on with what was not sent when the page is loaded anew, whether it had reached the hub or not", async () => {
    for (const reaches of [true, false]) {
      const { api, line } = hub();
      const before = open(api);
      Object.assign(line, { reaches, comesBack: false });
      before.write(`reached ${reaches}`);
      await vi.advanceTimersByTimeAsync(100);
      before.stop();
      Object.assign(line, { reaches: true, comesBack: true });
      const after = open(api);
      after.watch(false);
      await vi.advanceTimersByTimeAsync(100);
      expect([textsIn(after), after.unsent(), stored]).toEqual([[`reached ${reaches}`], [], []]);
    }
  });

  it("keeps what the hub takes later, and says what it never takes, without holding up the rest", async () => {
    const { api, line } = hub();
    const log = open(api);
    line.tooMany = 3;
    for (const text of ["first", "refused", "last"]) log.write(text);
    log.watch(true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(textsIn(log)).toEqual(["first", "last"]);
    expect(log.unsent()).toMatchObject([{ text: "refused", isRefused: true }]);
  });

  it("is asked for ever more seldom while nothing happens, and hardly while nobody looks", async () => {
    const { api, line } = hub();
    const log = open(api);
    log.watch(true);
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(line.asked).toBeLessThan(40);
    log.watch(false);
    line.asked = 0;
    await vi.advanceTimersByTimeAsync(60 * MINUTE);
    expect(line.asked).toBeLessThanOrEqual(61);
    log.stop();
    line.asked = 0;
    await vi.advanceTimersByTimeAsync(60 * MINUTE);
    expect(line.asked).toBe(0);
  });
});
