// Files dropped on a channel or picked with the paperclip.

import { api } from "./api.js";
import { h } from "./dom.js";
import { t } from "./labels.js";
import { errorSentence, showToast } from "./toast.js";
import { getMe } from "./workspace.js";

// All in the name of whoever dropped them, though somebody else may be chosen meanwhile.
export async function uploadFiles(channel, files, shelf) {
  const as = getMe().id;
  for (const file of files) {
    const note = h("div", { class: "upload-note", role: "status" }, h("span", { class: "spinner" }), t("composer.uploading", { name: file.name }));
    shelf.append(note);
    try {
      const answer = await api.upload(as, channel, file);
      if (answer.error) throw answer.error;
    } catch (error) {
      showToast(t("composer.uploadFailed", { name: file.name, why: errorSentence(error) }));
    } finally {
      note.remove();
    }
  }
}

function carriesFiles(event) {
  return [...(event.dataTransfer?.types ?? [])].includes("Files");
}

// Shows the veil while a file hangs over `target`, and hands over what is dropped.
export function acceptDrops(target, take) {
  const veil = h("div", { class: "drop-veil", hidden: true, "data-testid": "drop-veil" });
  let depth = 0;
  const show = (isShown) => {
    veil.textContent = t("composer.drop");
    veil.hidden = !isShown;
  };
  target.append(veil);
  target.addEventListener("dragenter", (event) => {
    if (!carriesFiles(event)) return;
    depth += 1;
    show(true);
  });
  target.addEventListener("dragleave", () => {
    depth = Math.max(0, depth - 1);
    if (depth === 0) show(false);
  });
  target.addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
  target.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth = 0;
    show(false);
    take([...event.dataTransfer.files]);
  });
}
