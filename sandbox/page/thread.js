// The thread pane.

import { Composer } from "./composer.js";
import { h } from "./dom.js";
import { t } from "./labels.js";
import { MessageList } from "./message_list.js";

export class ThreadPane {
  constructor(place, actions) {
    this.list = new MessageList({ ...actions, isThread: true });
    this.composer = new Composer(place, { sent: () => this.sent(actions.refresh) }, { isThread: true });
    this.head = h("header", { class: "pane-head" });
    this.close = actions.closeThread;
    this.node = h("aside", { class: "thread-pane", hidden: true, "data-testid": "thread" }, this.head, this.list.node, this.list.below, this.composer.node);
  }

  show(channel, ts, messages) {
    this.node.hidden = false;
    this.node.setAttribute("aria-label", t("thread.title"));
    this.head.replaceChildren(
      h("h2", {}, t("thread.title")),
      h("button", { type: "button", class: "icon-button", "aria-label": t("thread.close"), onclick: this.close }, "✕"),
    );
    this.list.show(`thread ${ts}`, channel.id, messages);
    this.composer.enter(`${channel.id} ${ts}`);
    this.composer.label();
  }

  sent(refresh) {
    this.list.follow();
    return refresh();
  }

  hide() {
    this.node.hidden = true;
  }
}
