// Draws every block and element once, without a bot behind them. "?lang=en" gives English labels.

import { renderBlocks, withBlockIds } from "../blocks/index.js";
import { h } from "../dom.js";
import { setLanguage } from "../labels.js";
import { Surface } from "../surface.js";
import { setClock } from "../when.js";
import { setWorkspace } from "../workspace.js";
import { DATA } from "./data.js";
import { FORMS } from "./forms.js";
import { LAYOUT } from "./layout.js";

const NOW = 1795132800;

function workspace() {
  return {
    team: { name: "Gallery" },
    now: NOW,
    app: { name: "App", commands: [], shortcuts: [] },
    users: [
      { id: "U1", name: "sato", real_name: "佐藤 彩", role_label: "CSM", locale: "ja-JP", tz: "Asia/Tokyo" },
      { id: "U2", name: "tanaka", real_name: "田中 健", role_label: "Lead", locale: "ja-JP", tz: "Asia/Tokyo" },
    ],
    channels: [{ id: "C1", name: "cs-team", kind: "public", members: ["U1", "U2"] }],
  };
}

function show({ name, blocks, errors }, index) {
  const holder = h("div", { class: "gallery-blocks" });
  const surface = new Surface({ kind: "message", channel: "C1", ts: `${index}` });
  surface.errors = errors ?? {};
  renderBlocks(holder, withBlockIds(blocks), surface);
  return h("section", { class: "gallery-item", "data-name": name }, h("h2", {}, name), holder);
}

const language = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "ja";
setLanguage(language);
setWorkspace(workspace());
setClock({ tz: "Asia/Tokyo", language, now: NOW });
document.getElementById("gallery").replaceChildren(...[...LAYOUT, ...DATA, ...FORMS].map(show));
