// The page's conductor: who looks at what, what is fetched when, and what is drawn from it.

import { readAddress, writeAddress } from "./address.js";
import { api } from "./api.js";
import { Composer } from "./composer.js";
import { buildFrame, showChannelHead } from "./frame.js";
import { showHint } from "./hint.js";
import { Home } from "./home.js";
import { languageOf, setLanguage, t } from "./labels.js";
import { latest } from "./latest.js";
import { openLive } from "./live.js";
import { MessageList } from "./message_list.js";
import { Modal } from "./modal.js";
import { followProgress, runNextDay } from "./next_day.js";
import { showRail } from "./rail.js";
import { ThreadPane } from "./thread.js";
import { reportError } from "./toast.js";
import { showTopbar } from "./topbar.js";
import { acceptDrops, uploadFiles } from "./upload.js";
import { setClock } from "./when.js";
import { becomeUser, findChannel, getMe, getNow, listMyChannels, setWorkspace } from "./workspace.js";

export class Page {
  constructor(root) {
    this.parts = buildFrame();
    this.unread = new Set();
    this.isOnline = true;
    this.progress = null;
    this.threadTs = null;
    this.tab = "messages";
    this.refreshMessages = latest(() => this.guarded(() => this.fetchMessages()));
    this.refreshThread = latest(() => this.guarded(() => this.fetchThread()));
    this.refreshHome = latest(() => this.guarded(() => this.fetchHome()));
    this.refreshModal = latest(() => this.guarded(() => this.fetchModal()));
    this.followProgress = latest(() => this.guarded(() => followProgress((progress) => this.showProgress(progress))));
    this.refreshWorkspace = latest(() => this.guarded(() => this.fetchWorkspace()));
    this.build(root);
  }

  build(root) {
    const actions = {
      react: (channel, ts, name) => this.guarded(() => api.reaction(getMe().id, channel, ts, name)).then(() => this.refreshShown()),
      shortcut: (callbackId, channel, ts) => this.shortcut(callbackId, channel ? { channel, ts } : { channel: this.channel?.id }),
      openThread: (ts) => this.openThread(ts),
      closeThread: () => this.closeThread(),
      refresh: () => this.refreshShown(),
    };
    this.list = new MessageList(actions);
    this.home = new Home(() => Promise.all([this.refreshHome(), this.refreshModal()]));
    this.modal = new Modal(() => this.refreshShown());
    this.thread = new ThreadPane(() => this.channel && { channel: this.channel, threadTs: this.threadTs }, actions);
    this.composer = new Composer(() => this.channel && { channel: this.channel }, {
      sent: () => this.followMine(),
      shortcut: actions.shortcut,
      upload: (files) => this.upload(files),
    });
    this.parts.messages.append(this.list.node, this.list.below, this.parts.uploads, this.composer.node);
    this.parts.main.append(this.home.node);
    this.parts.body.append(this.thread.node);
    this.parts.shade.addEventListener("click", () => this.toggleRail(false));
    acceptDrops(this.parts.messages, (files) => this.upload(files));
    root.replaceChildren(this.parts.topbar, this.parts.body, this.modal.dialog);
  }

  get channel() {
    return findChannel(this.channelId);
  }

  async guarded(work) {
    try {
      const answer = await work();
      if (answer?.error) reportError(answer.error);
      return answer;
    } catch (error) {
      reportError(error);
      return null;
    }
  }

  async start() {
    const address = readAddress();
    await this.guarded(async () => setWorkspace(await api.workspace()));
    if (!getMe()) return;
    if (address.as) becomeUser(address.as);
    this.channelId = address.channel;
    this.tab = address.tab;
    await this.enterAs(getMe().id);
    this.followProgress();
  }

  async enterAs(userId) {
    becomeUser(userId);
    this.stopLive?.();
    this.unread.clear();
    this.closeThread();
    if (!listMyChannels().some((channel) => channel.id === this.channelId)) this.channelId = this.firstChannel();
    if (this.channel?.kind !== "im") this.tab = "messages";
    this.showWords();
    this.stopLive = openLive(userId, {
      onChange: (notice) => this.changed(notice),
      onState: (isOnline, isAgain) => this.connection(isOnline, isAgain),
    });
    await this.showPlace();
    await this.refreshModal();
  }

  firstChannel() {
    const mine = listMyChannels();
    return (mine.find((channel) => channel.kind === "im") ?? mine[0])?.id ?? null;
  }

  async openChannel(id) {
    this.channelId = id;
    this.tab = "messages";
    this.closeThread();
    this.toggleRail(false);
    await this.showPlace();
  }

  async openTab(name) {
    this.tab = name;
    await this.showPlace();
  }

  async showPlace() {
    const isHome = this.tab === "home";
    this.unread.delete(this.channelId);
    writeAddress({ as: getMe().id, channel: this.channelId, tab: this.tab });
    this.drawFrame();
    this.parts.messages.hidden = isHome;
    this.home.node.hidden = !isHome;
    this.composer.enter(`${getMe().id} ${this.channelId}`);
    this.composer.label();
    if (isHome) {
      await this.guarded(() => api.openHome(getMe().id));
      await this.refreshHome();
    } else await this.refreshMessages();
  }

  async changeLanguage(locale) {
    await this.guarded(() => api.language(getMe().id, locale));
    await this.refreshWorkspace();
    await this.refreshShown();
  }

  async fetchWorkspace() {
    setWorkspace(await api.workspace());
    this.showWords();
    this.composer.label();
  }

  async fetchMessages() {
    const { channelId } = this;
    const user = getMe().id;
    this.composer.node.hidden = !channelId;
    const { messages } = channelId ? await api.view(user, channelId) : { messages: [] };
    if (user !== getMe().id || channelId !== this.channelId) return;
    this.list.show(`${user} ${channelId}`, channelId, messages);
  }

  async fetchThread() {
    const { channel, threadTs } = this;
    if (!threadTs || !channel) return;
    const { messages } = await api.thread(getMe().id, channel.id, threadTs);
    if (threadTs === this.threadTs) this.thread.show(channel, threadTs, messages);
  }

  async fetchHome() {
    const user = getMe().id;
    const { view } = await api.home(user);
    if (user === getMe().id) this.home.show(user, view);
  }

  async fetchModal() {
    const user = getMe().id;
    const { stack } = await api.modal(user);
    if (user === getMe().id) this.modal.show(stack);
  }

  refreshShown() {
    const shown = this.tab === "home" ? this.refreshHome() : this.refreshMessages();
    return Promise.all([shown, this.refreshThread(), this.refreshModal()]);
  }

  changed(notice) {
    if (notice.what === "modal") this.refreshModal();
    else if (notice.what === "home") this.refreshHome();
    else if (notice.what === "progress") this.isAdvancing || this.followProgress();
    else if (notice.channel && notice.channel !== this.channelId) this.markUnread(notice.channel);
    else Promise.all([this.refreshMessages(), this.refreshThread()]);
  }

  markUnread(channelId) {
    this.unread.add(channelId);
    if (!findChannel(channelId)) this.refreshWorkspace();
    this.drawFrame();
  }

  connection(isOnline, isAgain) {
    this.isOnline = isOnline;
    this.drawTopbar();
    if (!isOnline) return;
    const workspace = isAgain ? this.refreshWorkspace() : Promise.resolve();
    workspace.then(() => this.refreshShown());
  }

  showProgress(progress) {
    const wasRunning = this.progress?.running;
    this.progress = progress;
    this.drawTopbar();
    if (wasRunning && !progress.running) this.refreshWorkspace().then(() => this.refreshShown());
  }

  shortcut(callbackId, place) {
    return this.guarded(() => api.shortcut(getMe().id, callbackId, place)).then(() => this.refreshShown());
  }

  async upload(files) {
    await uploadFiles(this.channelId, files, this.parts.uploads);
    await this.followMine();
  }

  followMine() {
    this.list.follow();
    return this.refreshShown();
  }

  async nextDay() {
    this.isAdvancing = true;
    await this.guarded(() => runNextDay((progress) => this.showProgress(progress)));
    this.isAdvancing = false;
  }

  async openThread(ts) {
    this.threadTs = ts;
    this.parts.body.classList.add("has-thread");
    await this.refreshThread();
    this.thread.composer.input.focus();
  }

  closeThread() {
    this.threadTs = null;
    this.parts.body.classList.remove("has-thread");
    this.thread.hide();
  }

  toggleRail(isOpen) {
    this.parts.rail.classList.toggle("is-open", isOpen);
    this.parts.shade.hidden = !isOpen;
    if (isOpen) this.parts.rail.querySelector("button")?.focus();
  }

  showWords() {
    const me = getMe();
    setLanguage(languageOf(me.locale));
    setClock({ tz: me.tz, language: languageOf(me.locale), now: getNow() });
    document.title = t("page.title");
    showHint(this.parts.hint);
    this.drawFrame();
  }

  drawFrame() {
    showRail(this.parts.rail, { current: this.channelId, unread: this.unread, open: (id) => this.openChannel(id) });
    showChannelHead(this.parts.head, this.channel, this.tab, (name) => this.openTab(name));
    this.drawTopbar();
  }

  drawTopbar() {
    showTopbar(this.parts.topbar, this, {
      menu: () => this.toggleRail(!this.parts.rail.classList.contains("is-open")),
      person: (id) => this.enterAs(id),
      language: (locale) => this.changeLanguage(locale),
      nextDay: () => this.nextDay(),
    });
  }
}
