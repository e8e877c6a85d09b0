// Modals: the top of the bot's stack of views, with its form, errors and waiting state.

import { api } from "./api.js";
import { renderBlocks, withBlockIds } from "./blocks/index.js";
import { freshId, h } from "./dom.js";
import { fieldAddresses, findProblems } from "./fields.js";
import { language, t } from "./labels.js";
import { textNode } from "./mrkdwn.js";
import { Surface } from "./surface.js";
import { errorSentence } from "./toast.js";
import { getMe } from "./workspace.js";

function firstField(body) {
  return body.querySelector("[autofocus]") ?? body.querySelector("input, textarea, select, button");
}

export class Modal {
  constructor(refresh) {
    this.refresh = refresh;
    this.view = null;
    this.titleId = freshId("modal-title");
    this.head = h("header", { class: "modal-head" });
    this.problem = h("div", { class: "modal-problem", role: "alert", hidden: true, "data-testid": "modal-error" });
    this.body = h("div", { class: "modal-body" });
    this.foot = h("footer", { class: "modal-foot" });
    this.form = h("form", { class: "modal-form", novalidate: true, onsubmit: (event) => this.submit(event) }, this.head, this.problem, this.body, this.foot);
    this.dialog = h("dialog", { class: "modal", "data-testid": "modal", "aria-labelledby": this.titleId }, this.form);
    this.dialog.addEventListener("cancel", (event) => {
      if (event.target !== this.dialog) return;
      event.preventDefault();
      this.close();
    });
    this.surfaces = new Map();
    this.isSending = false;
  }

  // stack: the bot's open views, the one in front last.
  show(stack) {
    this.forget(stack);
    const view = stack.at(-1) ?? null;
    if (!view) return this.hide();
    const isOther = view.id !== this.view?.id;
    this.view = { ...view, blocks: withBlockIds(view.blocks) };
    this.depth = stack.length;
    if (isOther) this.isSending = false;
    this.surface = this.surfaceOf(view.id, view.state?.values);
    this.surface.form.keepOnly(fieldAddresses(this.view.blocks, this.surface.form));
    this.draw();
    if (!this.dialog.open) {
      this.opener = document.activeElement;
      this.dialog.showModal();
    }
    if (isOther) this.focusFirst();
    return null;
  }

  forget(stack) {
    const open = new Set(stack.map((view) => view.id));
    for (const id of this.surfaces.keys()) if (!open.has(id)) this.surfaces.delete(id);
  }

  surfaceOf(viewId, given) {
    if (!this.surfaces.has(viewId)) {
      this.surfaces.set(viewId, new Surface({ kind: "modal", view_id: viewId }, this.refresh, given));
    }
    return this.surfaces.get(viewId);
  }

  focusFirst() {
    this.body.scrollTop = 0;
    (firstField(this.body) ?? this.foot.querySelector("button:last-child") ?? this.dialog).focus();
  }

  hide() {
    this.view = null;
    this.isSending = false;
    if (!this.dialog.open) return;
    this.dialog.close();
    if (this.opener?.isConnected) this.opener.focus();
  }

  draw() {
    this.showHead();
    this.showFoot();
    renderBlocks(this.body, this.view.blocks, this.surface);
  }

  showHead() {
    const signature = `${language()} ${this.view.id} ${this.depth} ${JSON.stringify(this.view.title)}`;
    if (this.head.dataset.signature === signature) return;
    this.head.dataset.signature = signature;
    const back = this.depth > 1
      ? h("button", { type: "button", class: "icon-button", "aria-label": t("modal.back"), onclick: () => this.close() }, "‹")
      : null;
    this.head.replaceChildren(
      ...[
        back,
        h("h2", { id: this.titleId }, textNode(this.view.title)),
        h("button", { type: "button", class: "icon-button", "aria-label": t("modal.close"), "data-testid": "modal-close", onclick: () => this.close(true) }, "✕"),
      ].filter(Boolean),
    );
  }

  // Drawn anew only when it says something else: a press begins on one button and must end on it.
  showFoot() {
    const { submit, close, blocks } = this.view;
    const isInput = blocks.some((block) => block.type === "input");
    const signature = `${language()} ${this.isSending} ${isInput} ${JSON.stringify([submit, close])}`;
    if (this.foot.dataset.signature === signature) return;
    this.foot.dataset.signature = signature;
    const hasSubmit = submit || isInput;
    const cancel = h("button", { type: "button", class: "button", onclick: () => this.close() }, close ? textNode(close) : t("modal.cancel"));
    const send = h(
      "button",
      { type: "submit", class: "button button-primary", "data-testid": "modal-submit", disabled: this.isSending, "aria-busy": String(this.isSending) },
      this.isSending ? h("span", { class: "spinner", role: "img", "aria-label": t("modal.sending") }) : null,
      submit ? textNode(submit) : t("modal.submit"),
    );
    this.foot.replaceChildren(...(hasSubmit ? [cancel, send] : [cancel]));
  }

  showProblem(sentence) {
    this.problem.hidden = !sentence;
    this.problem.textContent = sentence ?? "";
  }

  setErrors(errors) {
    this.surface.errors = errors;
    this.draw();
    const first = this.body.querySelector(".has-error");
    first?.scrollIntoView({ block: "center" });
    first?.querySelector("input, textarea")?.focus();
  }

  async submit(event) {
    event.preventDefault();
    if (this.isSending || !this.view) return;
    this.showProblem(null);
    const problems = findProblems(this.view.blocks, this.surface.form);
    this.setErrors(problems);
    if (Object.keys(problems).length === 0) await this.send();
  }

  async send() {
    const { id } = this.view;
    this.isSending = true;
    this.showFoot();
    try {
      const answer = await api.submit(getMe().id, id, this.surface.form.state());
      if (answer.errors) this.setErrors(answer.errors);
      if (answer.error) this.showProblem(answer.error);
    } catch (error) {
      this.showProblem(errorSentence(error));
    } finally {
      this.isSending = false;
      if (this.view) this.showFoot();
    }
    await this.refresh();
  }

  // Cancel, back and Escape close the form in front; the cross closes them all.
  async close(all = false) {
    const { id } = this.view ?? {};
    this.showProblem(null);
    if (!id) return;
    try {
      await api.close(getMe().id, id, all);
    } catch (error) {
      this.showProblem(errorSentence(error));
      return;
    }
    await this.refresh();
  }
}
