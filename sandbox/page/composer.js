// The message box: text, slash commands, files, global shortcuts. What could not be sent stays in
// the box with the reason above it.

import { api } from "./api.js";
import { CommandList } from "./commands.js";
import { h } from "./dom.js";
import { t } from "./labels.js";
import { openMenu } from "./popover.js";
import { errorSentence } from "./toast.js";
import { channelTitle, getApp, getMe, listShortcuts } from "./workspace.js";

const TALLEST_PX = 200;

export class Composer {
  // place(): {channel, threadTs} or null; actions: {sent, shortcut, upload}. In a thread there are
  // no files and no shortcuts, and the server refuses commands, as Slack does.
  constructor(place, actions, { isThread = false } = {}) {
    const testId = isThread ? "thread-composer" : "composer";
    this.isThread = isThread;
    this.place = place;
    this.actions = actions;
    this.drafts = new Map();
    this.input = h("textarea", { class: "composer-input", rows: "1", "data-testid": testId, oninput: () => this.typed(), onkeydown: (event) => this.key(event), onpaste: (event) => this.paste(event) });
    this.commands = new CommandList(this.input, (command) => this.complete(command), `${testId}-commands`);
    this.problem = h("div", { class: "composer-problem", role: "alert", hidden: true, "data-testid": `${testId}-error` });
    // Until a place is entered nobody can write: what was typed before would have nowhere to go.
    this.node = h("form", { class: "composer", hidden: !isThread, onsubmit: (event) => this.submit(event) }, this.commands.node, this.problem);
    this.tools = h("div", { class: "composer-tools" });
    this.box = h("div", { class: "composer-box" }, this.input, this.tools);
    this.node.append(this.box);
    this.label();
  }

  label() {
    const { channel } = this.place() ?? {};
    const isDirect = channel?.kind === "im";
    const key = this.isThread ? "composer.labelThread" : isDirect ? "composer.labelDirect" : "composer.label";
    const text = t(key, { name: channel ? channelTitle(channel) : "" });
    this.input.placeholder = text;
    this.input.setAttribute("aria-label", text);
    this.tools.replaceChildren(...(this.isThread ? [] : this.extras()), h("span", { class: "spacer" }), this.sendButton());
  }

  sendButton() {
    return h("button", { type: "submit", class: "send-button", "aria-label": t("composer.send"), title: t("composer.send") }, "➤");
  }

  extras() {
    const picker = h("input", { type: "file", hidden: true, multiple: true, "data-testid": "file-picker", "aria-label": t("composer.attach") });
    picker.addEventListener("change", () => {
      this.actions.upload([...picker.files]);
      picker.value = "";
    });
    const attach = h("button", { type: "button", class: "icon-button", "aria-label": t("composer.attach"), title: t("composer.attach"), onclick: () => picker.click() }, "📎");
    const lightning = h("button", { type: "button", class: "icon-button", "aria-label": t("composer.shortcuts"), title: t("composer.shortcuts"), "aria-haspopup": "menu", "aria-expanded": "false", "data-testid": "shortcuts" }, "⚡");
    lightning.addEventListener("click", () => openMenu(lightning, this.shortcutItems(), { label: t("composer.shortcuts"), align: "start" }));
    return [picker, attach, lightning];
  }

  shortcutItems() {
    const shortcuts = listShortcuts("global");
    if (shortcuts.length === 0) return [{ text: t("composer.noShortcuts") }];
    return shortcuts.map((shortcut) => ({
      text: shortcut.name,
      description: getApp().name,
      icon: "⚡",
      choose: () => this.actions.shortcut(shortcut.callback_id),
    }));
  }

  // Each place keeps its own unsent text.
  enter(name) {
    if (this.name === name) return;
    if (this.name !== undefined) this.drafts.set(this.name, this.input.value);
    this.name = name;
    this.input.value = this.drafts.get(name) ?? "";
    this.showProblem(null);
    this.typed();
  }

  typed() {
    this.commands.isDismissed &&= this.input.value.startsWith("/");
    this.commands.update();
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, TALLEST_PX)}px`;
  }

  paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0 || this.isThread) return;
    event.preventDefault();
    this.actions.upload(files);
  }

  complete(command) {
    this.input.value = `${command} `;
    this.input.focus();
    this.typed();
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (this.commands.key(event)) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    }
  }

  submit(event) {
    event.preventDefault();
    this.send();
  }

  showProblem(sentence) {
    this.problem.hidden = !sentence;
    this.problem.textContent = sentence ?? "";
  }

  async send() {
    const text = this.input.value;
    const place = this.place();
    if (text.trim() === "" || !place || this.isSending) return;
    this.isSending = true;
    this.input.value = "";
    this.typed();
    this.showProblem(null);
    try {
      const answer = await api.message(getMe().id, place.channel.id, text, place.threadTs);
      if (answer.error) this.giveBack(text, answer.error);
    } catch (error) {
      this.giveBack(text, errorSentence(error));
    } finally {
      this.isSending = false;
    }
    await this.actions.sent();
  }

  giveBack(text, sentence) {
    if (this.input.value === "") this.input.value = text;
    this.typed();
    this.commands.isDismissed = true;
    this.commands.update();
    this.showProblem(sentence);
  }
}
