// A list of messages with day lines. Keeps the newest in sight when the reader was at the end.

import { h } from "./dom.js";
import { language, t } from "./labels.js";
import { isFromApp, renderMessage } from "./message.js";
import { reconcile } from "./reconcile.js";
import { dayKey, prettyDay, readInstant } from "./when.js";
import { getMe } from "./workspace.js";

const NEAR_END_PX = 80;
const SAME_BREATH_MS = 5 * 60 * 1000;

function continues(message, previous) {
  if (!previous || message.ephemeral || previous.ephemeral) return false;
  const isSameAuthor = isFromApp(message) === isFromApp(previous) && message.user === previous.user;
  return isSameAuthor && readInstant(message.ts) - readInstant(previous.ts) < SAME_BREATH_MS;
}

function dayLine(date) {
  const words = [t("date.yesterday"), t("date.today"), t("date.tomorrow")];
  return h("div", { class: "day-line", role: "separator" }, h("span", {}, prettyDay(date, words)));
}

function dayItem(date) {
  const key = dayKey(date);
  const words = [t("date.yesterday"), t("date.today"), t("date.tomorrow")];
  return { key: `day ${key}`, signature: prettyDay(date, words), render: () => dayLine(date) };
}

function listItems(messages, channel, actions) {
  const items = [];
  let previous = null;
  for (const message of messages) {
    const date = readInstant(message.ts);
    const isNewDay = !previous || dayKey(readInstant(previous.ts)) !== dayKey(date);
    if (isNewDay) items.push(dayItem(date));
    const isContinued = !isNewDay && continues(message, previous);
    items.push({
      key: `message ${message.ts} ${message.ephemeral ? "only me" : ""}`,
      signature: `${language()} ${getMe()?.id} ${isContinued} ${JSON.stringify({ ...message, state: null })}`,
      render: () => renderMessage(message, channel, actions, isContinued),
    });
    previous = message;
  }
  return items;
}

function emptyItem(channel) {
  const note = channel ? t("channel.empty") : t("channel.none");
  return { key: "empty", signature: note, render: () => h("p", { class: "empty-note" }, note) };
}

export class MessageList {
  constructor(actions) {
    this.actions = actions;
    this.node = h("div", { class: "message-list", role: "log", "aria-label": t("message.list"), tabindex: "0" });
    this.below = h("button", { type: "button", class: "news-below", hidden: true, "data-testid": "news-below", onclick: () => this.toEnd() });
    this.shown = null;
    new ResizeObserver(() => this.isAtEnd && this.toEnd()).observe(this.node);
    this.node.addEventListener("scroll", () => {
      this.isAtEnd = this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR_END_PX;
      if (this.isAtEnd) this.below.hidden = true;
    });
    this.isAtEnd = true;
  }

  toEnd() {
    this.node.scrollTop = this.node.scrollHeight;
    this.below.hidden = true;
  }

  // Whoever says something wants to see it, and the answer.
  follow() {
    this.isAtEnd = true;
  }

  // name: what is listed (a channel or a thread); another name starts at the end again.
  show(name, channel, messages) {
    if (name !== this.shown) this.isAtEnd = true;
    const newest = messages.at(-1)?.ts;
    const isNews = name === this.shown && newest > this.newest;
    this.shown = name;
    this.newest = newest;
    this.node.setAttribute("aria-label", t("message.list"));
    const items = messages.length ? listItems(messages, channel, this.actions) : [emptyItem(channel)];
    const { isAtEnd } = this;
    reconcile(this.node, items);
    this.below.textContent = t("message.below");
    if (isAtEnd) this.toEnd();
    else if (isNews) this.below.hidden = false;
  }
}
