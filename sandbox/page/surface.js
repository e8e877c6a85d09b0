// What a rendered block needs to know of the place it stands in: where an action is sent, which
// form holds the values, how choices are fetched. One Surface per message, Home or modal.

import { api } from "./api.js";
import { formOf } from "./form.js";
import { getMe } from "./workspace.js";
import { askConfirm } from "./confirm.js";
import { reportError } from "./toast.js";

export class Surface {
  // given: the values the sandbox remembers, for fields this page has not touched.
  constructor(container, afterAction = () => {}, given = {}) {
    this.container = container;
    this.afterAction = afterAction;
    const place = container.view_id ?? `${container.channel} ${container.ts}`;
    this.name = `${getMe()?.id} ${container.kind} ${place}`;
    this.form = formOf(this.name);
    this.form.given = given ?? {};
    this.errors = {};
  }

  // Sends one action, after the person agreed when the element asks for that. False: not sent.
  async act(element, blockId, details) {
    if (element.confirm && !(await askConfirm(element.confirm))) return false;
    const action = {
      block_id: blockId,
      action_id: element.action_id,
      type: element.type,
      ...details,
    };
    try {
      const answer = await api.action(getMe().id, this.container, action, this.form.state());
      if (answer.error) reportError(answer.error);
    } catch (error) {
      reportError(error);
    }
    await this.afterAction();
    return true;
  }

  async suggest(blockId, actionId, value) {
    return api.suggest(getMe().id, this.container, blockId, actionId, value);
  }
}
