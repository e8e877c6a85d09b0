// Element type -> how it is drawn. An unknown type gives a visible box, never nothing.

import { h, safeUrl } from "../dom.js";
import { t } from "../labels.js";
import { button, feedbackButtons, iconButton } from "./button.js";
import { checkboxes, radioButtons } from "./choices.js";
import { datepicker, datetimepicker, timepicker } from "./dates.js";
import { fileInput } from "./files.js";
import { overflow } from "./overflow.js";
import { select } from "./selects.js";
import { emailInput, numberInput, plainTextInput, richTextInput, urlInput } from "./texts.js";

const IMAGE_SCHEMES = ["http:", "https:", "data:", "blob:"];

export function image(element) {
  const source = element.image_url ?? element.slack_file?.url ?? "";
  return h("img", { class: "element-image", src: safeUrl(source, IMAGE_SCHEMES), alt: element.alt_text ?? "" });
}

const SELECTS = ["static", "external", "users", "channels", "conversations"].flatMap((source) => [
  [`${source}_select`, select],
  [`multi_${source}_select`, select],
]);

const ELEMENTS = {
  button,
  overflow,
  image,
  checkboxes,
  datepicker,
  timepicker,
  datetimepicker,
  radio_buttons: radioButtons,
  plain_text_input: plainTextInput,
  rich_text_input: richTextInput,
  number_input: numberInput,
  email_text_input: emailInput,
  url_text_input: urlInput,
  file_input: fileInput,
  feedback_buttons: feedbackButtons,
  icon_button: iconButton,
  ...Object.fromEntries(SELECTS),
};

export function renderElement(element, place) {
  const render = ELEMENTS[element?.type];
  if (render) return render(element, place);
  return h(
    "span",
    { class: "unsupported", "data-testid": "unsupported" },
    t("unsupported.element", { type: element?.type ?? "?" }),
  );
}
