// One message: who, when, what, its reactions, its thread, and what can be done with it.

import { renderBlocks, withBlockIds } from "./blocks/index.js";
import { attachment } from "./attachment.js";
import { avatar } from "./avatar.js";
import { h, safeUrl } from "./dom.js";
import { t } from "./labels.js";
import { mrkdwn } from "./mrkdwn.js";
import { openMenu } from "./popover.js";
import { reactionPicker, reactions } from "./reactions.js";
import { Surface } from "./surface.js";
import { formatStamp, formatTime, readInstant } from "./when.js";
import { getApp, listShortcuts, userName } from "./workspace.js";

export function isFromApp(message) {
  return Boolean(message.bot);
}

export function authorName(message) {
  if (isFromApp(message)) return message.bot?.name ?? getApp().name;
  return userName(message.user) ?? message.user ?? "";
}

function fileChip(file) {
  const name = file.title || file.name || file.id;
  const href = file.url_private_download ? safeUrl(file.url_private_download) : null;
  const isImage = String(file.mimetype ?? "").startsWith("image/") && href;
  return h(
    "a",
    { class: "file-chip", href, download: name, "aria-label": t("message.download", { name }) },
    isImage ? h("img", { class: "file-preview", src: href, alt: name }) : h("span", { class: "file-mark", "aria-hidden": "true" }, "📄"),
    h("span", {}, h("strong", {}, name), h("span", { class: "quiet" }, fileSize(file.size))),
  );
}

function fileSize(bytes) {
  if (!bytes) return "";
  if (bytes < 1024) return ` ${bytes} B`;
  return bytes < 1048576 ? ` ${Math.round(bytes / 1024)} KB` : ` ${(bytes / 1048576).toFixed(1)} MB`;
}

function blocksNode(blocks, surface) {
  const node = h("div", { class: "message-body" });
  renderBlocks(node, withBlockIds(blocks), surface);
  return node;
}

function body(message, channel, refresh) {
  const surface = new Surface({ kind: "message", channel, ts: message.ts }, refresh, message.state);
  const main = message.blocks?.length
    ? blocksNode(message.blocks, surface)
    : h("div", { class: "message-body" }, h("div", { class: "message-text" }, mrkdwn(message.text)));
  return [main, (message.attachments ?? []).map((one) => attachment(one, surface))];
}

function shortcutMenu(message, channel, actions) {
  const shortcuts = listShortcuts("message");
  if (shortcuts.length === 0) return [{ text: t("message.noShortcuts") }];
  return shortcuts.map((shortcut) => ({
    text: shortcut.name,
    description: getApp().name,
    icon: "⚡",
    choose: () => actions.shortcut(shortcut.callback_id, channel, message.ts),
  }));
}

function toolbar(message, channel, actions) {
  const more = h("button", { type: "button", class: "icon-button", "aria-label": t("message.more"), "aria-haspopup": "menu", "aria-expanded": "false", title: t("message.more") }, "⋮");
  more.addEventListener("click", () =>
    openMenu(more, shortcutMenu(message, channel, actions), { label: t("message.more") }),
  );
  const thread = h("button", { type: "button", class: "icon-button", "aria-label": t("message.thread"), title: t("message.thread"), onclick: () => actions.openThread(message.thread_ts ?? message.ts) }, "💬");
  return h(
    "div",
    { class: "message-toolbar", role: "toolbar", "aria-label": t("message.more") },
    reactionPicker((name) => actions.react(channel, message.ts, name)),
    actions.isThread ? null : thread,
    more,
  );
}

function threadLink(message, actions) {
  if (actions.isThread || !message.reply_count) return null;
  return h(
    "button",
    { type: "button", class: "thread-link", "data-testid": "thread-link", onclick: () => actions.openThread(message.ts) },
    h("span", {}, t("message.replies", { n: message.reply_count })),
    h("span", { class: "quiet" }, t("message.openThread")),
  );
}

function heading(message) {
  const at = readInstant(message.ts);
  return h(
    "div",
    { class: "message-head" },
    h("span", { class: "message-author" }, authorName(message)),
    isFromApp(message) ? h("span", { class: "badge" }, t("message.app")) : null,
    h("time", { class: "message-time", datetime: at.toISOString(), title: formatStamp(at) }, formatTime(at)),
  );
}

// actions: {react, shortcut, openThread, refresh, isThread}
export function renderMessage(message, channel, actions, isContinued) {
  const classes = ["message"];
  if (message.ephemeral) classes.push("is-ephemeral");
  if (isContinued) classes.push("is-continued");
  return h(
    "article",
    { class: classes.join(" "), "data-testid": "message", "data-ts": message.ts, "aria-label": `${authorName(message)} ${formatTime(readInstant(message.ts))}` },
    h("div", { class: "message-gutter" }, isContinued ? h("span", { class: "gutter-time" }, formatTime(readInstant(message.ts))) : avatar(authorName(message), isFromApp(message))),
    h(
      "div",
      { class: "message-main" },
      message.ephemeral ? h("div", { class: "ephemeral-note" }, "👁 ", t("message.ephemeral")) : null,
      isContinued ? null : heading(message),
      body(message, channel, actions.refresh),
      message.edited ? h("span", { class: "quiet edited-note" }, t("message.edited")) : null,
      message.files?.length ? h("div", { class: "files" }, message.files.map(fileChip)) : null,
      reactions(message, (name) => actions.react(channel, message.ts, name)),
      threadLink(message, actions),
    ),
    message.ephemeral ? null : toolbar(message, channel, actions),
  );
}
