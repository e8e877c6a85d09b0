// The app's Home tab.

import { renderBlocks, withBlockIds } from "./blocks/index.js";
import { h } from "./dom.js";
import { fieldAddresses } from "./fields.js";
import { t } from "./labels.js";
import { Surface } from "./surface.js";

export class Home {
  constructor(refresh) {
    this.refresh = refresh;
    this.body = h("div", { class: "home-blocks" });
    this.empty = h("p", { class: "empty-note" });
    this.node = h("div", { class: "home", "data-testid": "home", tabindex: "0" }, this.empty, this.body);
    this.name = null;
  }

  show(user, view) {
    const blocks = withBlockIds(view?.blocks);
    this.empty.textContent = t("home.empty");
    this.empty.hidden = blocks.length > 0;
    const name = `${user} ${view?.id ?? ""}`;
    if (name !== this.name) {
      this.name = name;
      this.surface = new Surface({ kind: "home", view_id: view?.id ?? "" }, this.refresh, view?.state?.values);
    }
    this.surface.form.keepOnly(fieldAddresses(blocks, this.surface.form));
    renderBlocks(this.body, blocks, this.surface);
  }
}
