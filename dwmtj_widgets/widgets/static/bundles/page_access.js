// Made from js/ by `npm --prefix js run build`. Do not edit.

// lib/i18n.js
var texts = typeof TEXTS === "undefined" ? {} : TEXTS;
var tr = (text) => texts[text] ?? text;
var fill = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);

// page_access/dropping.js
var TAKERS = "[data-takes-files]";
var OVER = "dwmtj-drop-here";
var labUnder = (event) => event.target.closest?.(".dwmtj-lab");
var hasFiles = (event) => event.dataTransfer?.types.includes("Files");
function offer(taker, detail) {
  return !taker.dispatchEvent(new CustomEvent("dwmtj-file", { detail, cancelable: true }));
}
function dropped(event) {
  const lab = labUnder(event);
  unmark();
  if (!lab || !hasFiles(event) || event.defaultPrevented) return;
  const takers = [...lab.querySelectorAll(TAKERS)];
  if (!takers.length) return;
  event.preventDefault();
  takers.sort((one, other) => (one.dataset.takesFiles === "*") - (other.dataset.takesFiles === "*"));
  const [file] = event.dataTransfer.files;
  if (file && !takers.some((taker) => offer(taker, { file }))) offer(takers.at(-1), { file, useless: true });
}
function unmark() {
  for (const lab of document.querySelectorAll(`.${OVER}`)) lab.classList.remove(OVER);
}
function draggedOver(event) {
  const lab = labUnder(event);
  if (!hasFiles(event) || !lab?.querySelector(TAKERS)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
  lab.classList.add(OVER);
}
function takeDrops(signal) {
  document.addEventListener("dragover", draggedOver, { signal });
  document.addEventListener("drop", dropped, { signal });
  document.addEventListener("dragleave", (event) => event.relatedTarget === null && unmark(), { signal });
}

// page_access/kernel_end.js
var ENDED = ["restarting", "autorestarting", "terminating", "dead"];
var WHOLE = ":is(.dwmtj-lab, .dwmtj-lesson-part, .dwmtj-explorer-whole)";
function wholeOf(element) {
  let whole = element.closest(WHOLE);
  for (let outer = whole; outer; outer = outer.parentElement?.closest(WHOLE)) whole = outer;
  return whole;
}
function showEnd(el) {
  const whole = wholeOf(el);
  if (!whole || whole.inert) return;
  whole.inert = true;
  whole.setAttribute("aria-disabled", "true");
  for (const control of whole.querySelectorAll("button, input, select, textarea")) control.disabled = true;
  if (document.getElementById("dwmtj-lost")) return;
  const notice = document.createElement("p");
  notice.className = "dwmtj-ended";
  notice.setAttribute("role", "alert");
  whole.before(notice);
  notice.textContent = tr("The simulator of this lab has ended. Run the notebook's cells again to start a new one.");
}
function watchKernel(model, el, signal) {
  const kernel = model.widget_manager?.kernel;
  let ended = false;
  const end = () => {
    ended = true;
    showEnd(el);
  };
  const look2 = (_kernel, status) => ENDED.includes(status) && end();
  if (kernel) {
    kernel.statusChanged.connect(look2);
    kernel.disposed.connect(end);
    signal.addEventListener("abort", () => {
      kernel.statusChanged.disconnect(look2);
      kernel.disposed.disconnect(end);
    });
  }
  document.addEventListener("dwmtj-kernel-ended", end, { signal });
  setTimeout(() => el.classList.contains("jupyter-widgets-disconnected") && end());
  return () => ended;
}

// page_access/notebook_keys.js
var LEFT_ALONE = "data-lm-suppress-shortcuts";
var PLACES = ":is(.dwmtj-lab, .dwmtj-lesson-part)";
var isApplications = ({ key, ctrlKey, metaKey, altKey }) => (ctrlKey || metaKey || altKey) && /^[^ amyz]$/i.test(key);
function keepKeys(signal) {
  const isOurs = (target) => target instanceof Element && target.closest(PLACES) !== null;
  const keep = (target) => target.setAttribute(LEFT_ALONE, "true");
  document.addEventListener("focusin", ({ target }) => isOurs(target) && keep(target), { signal, capture: true });
  window.addEventListener(
    "keydown",
    (event) => {
      const { target } = event;
      if (!isOurs(target) || !isApplications(event)) return;
      target.removeAttribute(LEFT_ALONE);
      setTimeout(() => keep(target));
    },
    { signal, capture: true }
  );
  document.addEventListener(
    "keydown",
    (event) => {
      const stays = event.key === " " && isOurs(event.target) && event.target.matches("canvas, [role='slider']");
      if (stays) event.preventDefault();
    },
    { signal }
  );
}

// page_access/typed_numbers.js
var FIELDS = ":is(.dwmtj-lab, .dwmtj-lesson-part) :is(input[type=number], .widget-readout)";
var SPOKEN = 8e3;
var isReadout = (field) => field.matches(".widget-readout");
var textOf = (field) => (isReadout(field) ? field.textContent : field.value).trim();
var isPlain = (text) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
var isWhole = (field) => !isReadout(field) && field.step === "1";
var Remark = class {
  constructor() {
    this.node = Object.assign(document.createElement("div"), { className: "dwmtj-remark", role: "alert" });
  }
  say(field, sentence) {
    const { left, bottom } = field.getBoundingClientRect();
    this.node.textContent = sentence;
    Object.assign(this.node.style, {
      left: `${Math.max(Math.min(left, innerWidth - 260), 8)}px`,
      top: `${bottom + 4}px`
    });
    field.closest(".dwmtj-lab, .dwmtj-lesson-part").append(this.node);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.clear(), SPOKEN);
  }
  clear() {
    clearTimeout(this.timer);
    this.node.remove();
  }
};
function reason(field, typed, now) {
  const handle = field.closest(".widget-slider")?.querySelector(".noUi-handle");
  const [low, high] = handle ? ["valuemin", "valuemax"].map((end) => Number(handle.getAttribute(`aria-${end}`))) : [typed, typed];
  const said = handle && typed >= low && typed <= high ? tr("It goes in steps: the nearest to {typed} is {now}.") : tr("{typed} is out of range: it is {now} now.");
  return fill(said, { typed, now });
}
function watchTyping(signal) {
  const remark = new Remark();
  let before = "";
  let spoilt = "";
  const on = (type, handler) => document.addEventListener(
    type,
    (event) => {
      const field = event.target.closest?.(FIELDS);
      if (!field || event.dwmtjTyped) return;
      event.dwmtjTyped = true;
      handler(field, event);
    },
    { capture: true, signal }
  );
  function refuseSigns(field, event, signs) {
    if (isReadout(field) || !(isWhole(field) ? /[,.e]/i : /,/).test(signs)) return;
    event.preventDefault();
    spoilt = isWhole(field) ? tr("Only whole numbers can be taken here.") : tr("Write decimals with a point, as in 1.5.");
    remark.say(field, spoilt);
  }
  function restore(field, sentence) {
    if (isReadout(field)) field.textContent = before;
    else field.value = before;
    remark.say(field, sentence);
    spoilt = "";
  }
  function finish(field) {
    const text = textOf(field).replaceAll("−", "-");
    if (spoilt || !isReadout(field) && field.validity.badInput) {
      restore(field, spoilt || tr("That is no number."));
      return;
    }
    if (text === before.replaceAll("−", "-")) return;
    if (!isPlain(text)) {
      restore(field, text.includes(",") ? tr("Write decimals with a point, as in 1.5.") : tr("That is no number."));
      return;
    }
    if (isReadout(field)) field.textContent = text;
    const typed = Number(text);
    setTimeout(() => {
      const shown = textOf(field);
      if (document.activeElement === field) before = shown;
      const now = Number(shown.replaceAll("−", "-"));
      const isClose = Math.abs(now - typed) <= (field.closest(".dwmtj-quantity") || !isReadout(field) ? 1e-9 : 0.06) * Math.abs(typed);
      if (!isClose) remark.say(field, reason(field, typed, shown));
    });
  }
  on("focusin", (field) => {
    [before, spoilt] = [textOf(field), ""];
  });
  on("keydown", (field, event) => {
    if (event.key === "Enter") finish(field);
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
      if (!spoilt) remark.clear();
      refuseSigns(field, event, event.key);
    }
  });
  on(
    "beforeinput",
    (field, event) => refuseSigns(field, event, event.data ?? event.dataTransfer?.getData("text") ?? "")
  );
  on("change", finish);
  on("focusout", (field) => {
    if (isReadout(field)) finish(field);
  });
  signal.addEventListener("abort", () => remark.clear());
}

// page_access/index.js
var PAUSE = 150;
var setAttribute = (node, name, value) => {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
};
var words = (node) => node?.textContent.trim() ?? "";
function nameSlider(slider) {
  const label = words(slider.querySelector(":scope > .widget-label"));
  const found = slider.querySelector(":scope > .widget-readout");
  const readout = found?.style.display === "none" ? null : found;
  const row = slider.parentElement;
  const unit = row.classList.contains("dwmtj-quantity") ? words(row.querySelector(":scope > .widget-label")) : "";
  const beside = words(row.querySelector(":scope > .dwmtj-scrub-time"));
  if (!label) return;
  for (const handle of slider.querySelectorAll(".noUi-handle")) {
    setAttribute(handle, "aria-label", label);
    setAttribute(handle, "aria-disabled", String(handle.closest(".noUi-target").hasAttribute("disabled")));
    const value = readout ? `${words(readout)} ${unit}`.trim() : beside;
    if (value) setAttribute(handle, "aria-valuetext", value);
  }
  if (!readout) return;
  setAttribute(readout, "role", "textbox");
  setAttribute(readout, "aria-label", unit ? fill(tr("{label} in {unit}"), { label, unit }) : label);
}
function nameField(field) {
  const root = field.closest(".jupyter-widgets");
  const label = root?.querySelector(":scope > label");
  const hint = field.title || label?.title || root?.title;
  if (hint && !words(label)) setAttribute(field, "aria-label", hint);
}
function openByKeys(header) {
  const isOpen = header.parentElement.classList.contains("jupyter-widget-Collapse-open");
  setAttribute(header, "role", "button");
  setAttribute(header, "tabindex", "0");
  setAttribute(header, "aria-expanded", String(isOpen));
}
var TOLD_BESIDE = ".dwmtj-lab :is(.dwmtj-shielded canvas, canvas.dwmtj-shielded, .dwmtj-plot .bqplot)";
function look() {
  document.querySelectorAll(`${PLACES} .widget-slider`).forEach(nameSlider);
  document.querySelectorAll(`${PLACES} :is(select, input)`).forEach(nameField);
  document.querySelectorAll(".dwmtj-lab .jupyter-widget-Collapse-header").forEach(openByKeys);
  document.querySelectorAll(TOLD_BESIDE).forEach((picture) => setAttribute(picture, "aria-hidden", "true"));
}
function letGo(model) {
  const comm = model.comm?.jsServicesComm;
  model.once("destroy", () => {
    if (comm) comm.onMsg = comm.onClose = void 0;
    model.state_change.then((view) => view?.popper?.destroy());
    model.state_change = Promise.resolve(model);
  });
}
function initialize({ model }) {
  const manager = model.widget_manager;
  model.on("msg:custom", ({ type, models }) => {
    if (type !== "closing") return;
    for (const id of models) if (manager.has_model(id)) manager.get_model(id).then(letGo);
  });
}
function render({ model, el }) {
  el.setAttribute("aria-hidden", "true");
  const abort = new AbortController();
  const { signal } = abort;
  const view = Math.random().toString(36).slice(2);
  keepKeys(signal);
  const hasEnded = watchKernel(model, el, signal);
  const answer = ({ type }) => type === "ask" && model.send({ type: "here", view });
  model.on("msg:custom", answer);
  let timer = 0;
  const soon = () => {
    timer ||= setTimeout(() => {
      timer = 0;
      look();
    }, PAUSE);
  };
  const watched = { childList: true, subtree: true, characterData: true, attributeFilter: ["aria-valuetext", "class"] };
  const watcher = new MutationObserver((records) => {
    const told = records.filter(({ attributeName }) => attributeName === "aria-valuetext");
    new Set(told.map(({ target }) => target.closest(`${PLACES} .widget-slider`))).forEach(
      (slider) => slider && nameSlider(slider)
    );
    if (told.length < records.length) soon();
  });
  watcher.observe(document.body, watched);
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.defaultPrevented) return;
      const header = event.target.closest?.(".dwmtj-lab .jupyter-widget-Collapse-header");
      if (!header || event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      header.click();
    },
    { signal }
  );
  watchTyping(signal);
  takeDrops(signal);
  look();
  model.send({ type: "view", view });
  return () => {
    abort.abort();
    model.off("msg:custom", answer);
    if (!hasEnded()) model.send({ type: "gone", view });
    watcher.disconnect();
    clearTimeout(timer);
  };
}
var page_access_default = { initialize, render };
export {
  page_access_default as default
};
