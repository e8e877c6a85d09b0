// The file input of a form. Files are uploaded when chosen; the form carries what the sandbox
// answered.

import { api } from "../api.js";
import { freshId, h } from "../dom.js";
import { t } from "../labels.js";
import { errorSentence } from "../toast.js";
import { findMyDirect, getMe } from "../workspace.js";
import { bind, controlAttributes } from "./binding.js";

const SLACKS_DEFAULT_MAXIMUM = 10;

export function fileInput(element, place) {
  const binding = bind(element, place);
  const most = element.max_files ?? SLACKS_DEFAULT_MAXIMUM;
  const list = h("ul", { class: "file-list" });
  const status = h("span", { class: "file-status", role: "status" });
  const id = freshId("file");
  const input = h("input", {
    ...controlAttributes(element, place),
    type: "file",
    id,
    class: "for-screen-readers file-input",
    multiple: most > 1,
    accept: (element.filetypes ?? []).map((ending) => `.${ending}`).join(",") || null,
  });

  function show(files) {
    list.replaceChildren(...files.map((file) => h("li", {}, `📄 ${file.name ?? file.title ?? file.id}`)));
  }

  input.addEventListener("change", async () => {
    const kept = [];
    for (const file of [...input.files].slice(0, most)) {
      status.textContent = t("composer.uploading", { name: file.name });
      try {
        const answer = await api.upload(getMe().id, findMyDirect()?.id ?? "", file);
        kept.push({ id: answer.file, name: file.name });
        status.textContent = "";
      } catch (error) {
        status.textContent = t("composer.uploadFailed", { name: file.name, why: errorSentence(error) });
      }
    }
    show(kept);
    await binding.choose(kept);
  });
  show(binding.value);
  const choose = h("label", { for: id, class: "button" }, "📎 ", t("file.choose"));
  return h("div", { class: "file-field" }, input, choose, list, status);
}
