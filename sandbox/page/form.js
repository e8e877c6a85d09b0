// What a person has typed or chosen in one view or message, in the shape of Slack's
// view.state.values. A field keeps its value as long as its block_id, action_id and type stay.

const MANY = "many";
const ONE = "one";

// Element type -> the key its value travels under, and whether it holds one thing or several.
const VALUE_KEYS = {
  plain_text_input: ["value", ONE],
  number_input: ["value", ONE],
  email_text_input: ["value", ONE],
  url_text_input: ["value", ONE],
  rich_text_input: ["rich_text_value", ONE],
  static_select: ["selected_option", ONE],
  external_select: ["selected_option", ONE],
  radio_buttons: ["selected_option", ONE],
  users_select: ["selected_user", ONE],
  conversations_select: ["selected_conversation", ONE],
  channels_select: ["selected_channel", ONE],
  datepicker: ["selected_date", ONE],
  timepicker: ["selected_time", ONE],
  datetimepicker: ["selected_date_time", ONE],
  checkboxes: ["selected_options", MANY],
  multi_static_select: ["selected_options", MANY],
  multi_external_select: ["selected_options", MANY],
  multi_users_select: ["selected_users", MANY],
  multi_conversations_select: ["selected_conversations", MANY],
  multi_channels_select: ["selected_channels", MANY],
  file_input: ["files", MANY],
};

const INITIAL_KEYS = {
  value: "initial_value",
  rich_text_value: "initial_value",
  selected_option: "initial_option",
  selected_options: "initial_options",
  selected_user: "initial_user",
  selected_users: "initial_users",
  selected_conversation: "initial_conversation",
  selected_conversations: "initial_conversations",
  selected_channel: "initial_channel",
  selected_channels: "initial_channels",
  selected_date: "initial_date",
  selected_time: "initial_time",
  selected_date_time: "initial_date_time",
};

export function holdsValue(element) {
  return element.type in VALUE_KEYS;
}

export function valueKey(element) {
  return VALUE_KEYS[element.type][0];
}

export function isEmptyValue(value) {
  return value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

function initialValue(element) {
  const [key, arity] = VALUE_KEYS[element.type];
  return element[INITIAL_KEYS[key]] ?? (arity === MANY ? [] : null);
}

export class Form {
  constructor() {
    this.fields = new Map();
    this.given = {};
  }

  address(blockId, actionId) {
    return `${blockId}\n${actionId}`;
  }

  // The value to show: what was typed, or else what the bot filled in.
  read(blockId, element) {
    const address = this.address(blockId, element.action_id);
    const field = this.fields.get(address);
    if (field && field.type === element.type) return field.value;
    const value = this.remembered(blockId, element) ?? initialValue(element);
    this.fields.set(address, { blockId, actionId: element.action_id, type: element.type, value });
    return value;
  }

  remembered(blockId, element) {
    const entry = this.given[blockId]?.[element.action_id];
    return entry?.type === element.type ? entry[valueKey(element)] : null;
  }

  write(blockId, element, value) {
    this.fields.set(this.address(blockId, element.action_id), {
      blockId,
      actionId: element.action_id,
      type: element.type,
      value,
    });
  }

  // Forgets fields that the newest version of the view no longer has.
  keepOnly(addresses) {
    for (const address of this.fields.keys()) if (!addresses.has(address)) this.fields.delete(address);
  }

  state() {
    const values = {};
    for (const { blockId, actionId, type, value } of this.fields.values()) {
      values[blockId] ??= {};
      values[blockId][actionId] = { type, [VALUE_KEYS[type][0]]: value === "" ? null : value };
    }
    return values;
  }
}

const forms = new Map();

// The form of one surface ("modal V1", "home U1", "message C1 17.5"), made on first use.
export function formOf(name) {
  if (!forms.has(name)) forms.set(name, new Form());
  return forms.get(name);
}
