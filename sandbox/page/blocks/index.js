// Block type -> how it is drawn, and the drawing of a list of blocks. An unknown block gives a
// visible box, never nothing.

import { h } from "../dom.js";
import { language, t } from "../labels.js";
import { reconcile } from "../reconcile.js";
import { actions, contextActions } from "./actions.js";
import { context, divider, file, header, image, markdown, richText, section, video } from "./basic.js";
import { card, carousel, container } from "./cards.js";
import { dataVisualization } from "./chart.js";
import { input } from "./input.js";
import { dataTable, table } from "./tables.js";
import { alert, plan, taskCard } from "./tasks.js";

const BLOCKS = {
  actions, alert, card, carousel, container, context, divider, file, header, image, input, markdown,
  plan, section, table, video,
  context_actions: contextActions,
  data_table: dataTable,
  data_visualization: dataVisualization,
  rich_text: richText,
  task_card: taskCard,
};

function unsupported(type) {
  return h("div", { class: "unsupported", "data-testid": "unsupported" }, t("unsupported.block", { type }));
}

function renderBlock(block, surface) {
  const render = Object.hasOwn(BLOCKS, block?.type) ? BLOCKS[block.type] : null;
  const place = { surface, blockId: block.block_id, dispatches: true };
  const inner = render ? render(block, place) : unsupported(block?.type ?? "?");
  return h("div", { class: "block", "data-block-id": block.block_id, "data-block-type": block.type }, inner);
}

// Blocks without an id get one by their place, as the form needs a name for every field.
export function withBlockIds(blocks) {
  return (blocks ?? []).map((block, index) => ({
    ...block,
    block_id: block.block_id ?? `block-${index}`,
    ...(block.child_blocks
      ? { child_blocks: block.child_blocks.map((child, at) => ({ ...child, block_id: child.block_id ?? `block-${index}-${at}` })) }
      : {}),
  }));
}

// What was drawn for one surface is never kept for another: it would send in the other's name.
export function renderBlocks(parent, blocks, surface) {
  reconcile(
    parent,
    blocks.map((block) => ({
      key: block.block_id,
      signature: `${language()} ${surface.name} ${JSON.stringify(block)} ${surface.errors[block.block_id] ?? ""}`,
      render: () => renderBlock(block, surface),
    })),
  );
}
