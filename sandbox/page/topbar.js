// The bar for visitors: which person, which language, what day it is, and the next day.

import { h } from "./dom.js";
import { language, languageOf, t } from "./labels.js";
import { reconcile } from "./reconcile.js";
import { formatToday } from "./when.js";
import { getMe, hasNextDay, listUsers } from "./workspace.js";

const LOCALES = [["ja-JP", "日本語"], ["en-US", "English"]];

function personText(user) {
  const role = user.role_label || (user.is_guest ? t("channel.guest") : "");
  return `${user.real_name || user.name}${role ? ` — ${role}` : ""}`;
}

function select(testId, label, options, chosen, change) {
  return h(
    "label",
    { class: `topbar-field ${testId}` },
    h("span", { class: "topbar-caption" }, label),
    h(
      "select",
      { "data-testid": testId, "data-field": testId, "aria-label": label, onchange: (event) => change(event.target.value) },
      options.map(([value, text]) => h("option", { value, selected: value === chosen }, text)),
    ),
  );
}

function progressText({ label, steps, done, total }) {
  const count = total ? ` ${done ?? 0}/${total}` : "";
  return `${label ?? steps?.at(-1)?.name ?? t("topbar.running")}${count}`;
}

function nextDay(progress, press) {
  const isRunning = Boolean(progress?.running);
  const share = progress?.total ? (100 * (progress.done ?? 0)) / progress.total : 0;
  return h(
    "button",
    { type: "button", class: "next-day", "data-testid": "next-day", "data-field": "next-day", disabled: isRunning, "aria-busy": String(isRunning), onclick: press },
    isRunning ? h("span", { class: "next-day-bar", style: { width: `${share}%` } }) : null,
    h("span", { class: "next-day-text" }, isRunning ? [h("span", { class: "spinner" }), progressText(progress)] : [t("topbar.nextDay"), " ⏭"]),
  );
}

// actions: {menu, person, language, nextDay}
export function showTopbar(node, { progress, isOnline }, actions) {
  const me = getMe();
  const people = listUsers().map((user) => [user.id, personText(user)]);
  const locale = languageOf(me?.locale) === "ja" ? "ja-JP" : "en-US";
  const person = () => select("person-switcher", t("topbar.person"), people, me?.id, actions.person);
  const tongue = () => select("language-switcher", t("topbar.language"), LOCALES, locale, actions.language);
  const parts = [
    ["menu", "", () => h("button", { type: "button", class: "menu-button", "aria-label": t("topbar.menu"), onclick: actions.menu }, "☰")],
    ["today", formatToday(), () => h("time", { class: "today", "data-testid": "today", title: t("topbar.today") }, formatToday())],
    !isOnline && ["offline", "", () => h("span", { class: "offline", role: "status" }, t("topbar.offline"))],
    ["spacer", "", () => h("span", { class: "spacer" })],
    ["person", JSON.stringify([people, me?.id]), person],
    ["language", locale, tongue],
    hasNextDay() && ["next-day", progress?.running ? JSON.stringify(progress) : "idle", () => nextDay(progress, actions.nextDay)],
  ];
  const drawn = parts.filter(Boolean);
  reconcile(node, drawn.map(([key, signature, render]) => ({ key, signature: `${language()} ${signature}`, render })));
}
