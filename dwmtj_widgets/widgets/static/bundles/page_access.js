// Made from js/ by `npm --prefix js run build`. Do not edit.

// lib/dom.js
function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
}
function listeners(model) {
  const abort = new AbortController();
  const { signal } = abort;
  function on(target, type, handler, options = {}) {
    target.addEventListener(type, handler, { signal, ...options });
  }
  function watch(event, handler) {
    model.on(event, handler);
    signal.addEventListener("abort", () => model.off(event, handler));
  }
  function change(traits, ...handlers) {
    const all = () => {
      for (const handler of handlers) handler();
    };
    for (const trait of [traits].flat()) watch(`change:${trait}`, all);
  }
  function onSize(node, handler) {
    const sizes = new ResizeObserver(handler);
    sizes.observe(node);
    signal.addEventListener("abort", () => sizes.disconnect());
    function follow() {
      const query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
      query.addEventListener("change", changed, { signal, once: true });
    }
    function changed() {
      follow();
      handler();
    }
    follow();
  }
  return { on, watch, change, onSize, signal, stop: () => abort.abort() };
}
var viewName = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

// page_access/closing.js
function letGo(model) {
  const comm = model.comm?.jsServicesComm;
  model.once("destroy", () => {
    if (comm) comm.onMsg = comm.onClose = void 0;
    model.state_change.then((view) => view?.popper?.destroy());
    model.state_change = Promise.resolve(model);
  });
}
function letGoOfClosed(model) {
  const manager = model.widget_manager;
  model.on("msg:custom", ({ type, models }) => {
    if (type !== "closing") return;
    for (const id of models) if (manager.has_model(id)) manager.get_model(id).then(letGo);
  });
}

// page_access/dropping.js
var TAKERS = "[data-takes-files]";
var OVER = "dwmtj-drop-here";
var labUnder = ({ target }) => target instanceof Element ? target.closest(".dwmtj-lab") : null;
var hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files") ?? false;
function offer(taker, detail) {
  return !taker.dispatchEvent(new CustomEvent("dwmtj-file", { detail, cancelable: true }));
}
function dropped(event) {
  const lab = labUnder(event);
  unmark();
  if (!lab || !hasFiles(event) || event.defaultPrevented) return;
  const takers = (
    /** @type {HTMLElement[]} */
    [...lab.querySelectorAll(TAKERS)]
  );
  if (!takers.length) return;
  event.preventDefault();
  const takesAny = ({ dataset }) => Number(dataset.takesFiles === "*");
  takers.sort((one, other) => takesAny(one) - takesAny(other));
  const [file] = event.dataTransfer?.files ?? [];
  if (!file || takers.some((taker) => offer(taker, { file }))) return;
  offer(takers[takers.length - 1], { file, useless: true });
}
function unmark() {
  for (const lab of document.querySelectorAll(`.${OVER}`)) lab.classList.remove(OVER);
}
function draggedOver(event) {
  const lab = labUnder(event);
  if (!hasFiles(event) || !lab?.querySelector(TAKERS)) return;
  event.preventDefault();
  if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
  lab.classList.add(OVER);
}
function takeDrops(signal) {
  document.addEventListener("dragover", draggedOver, { signal });
  document.addEventListener("drop", dropped, { signal });
  document.addEventListener("dragleave", (event) => event.relatedTarget === null && unmark(), { signal });
}

// lib/i18n.js
var texts = typeof TEXTS === "undefined" ? {} : TEXTS;
var tr = (text) => texts[text] ?? text;
var fill = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));

// page_access/kernel_end.js
var ENDED = ["restarting", "autorestarting", "terminating", "dead"];
var WHOLE = ":is(.dwmtj-lab, .dwmtj-lesson-part, .dwmtj-explorer-whole)";
function wholeOf(element) {
  let whole = element.closest(WHOLE);
  for (let outer = whole; outer; outer = outer.parentElement?.closest(WHOLE) ?? null) whole = outer;
  return whole;
}
function showEnd(el) {
  const whole = wholeOf(el);
  if (!whole || whole.inert) return;
  whole.inert = true;
  whole.setAttribute("aria-disabled", "true");
  for (const control of whole.querySelectorAll("button, input, select, textarea")) {
    control.toggleAttribute("disabled", true);
  }
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
  const look = (_kernel, status) => ENDED.includes(status) && end();
  if (kernel) {
    kernel.statusChanged.connect(look);
    kernel.disposed.connect(end);
    signal.addEventListener("abort", () => {
      kernel.statusChanged.disconnect(look);
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
function ours({ target }) {
  return target instanceof Element && target.closest(PLACES) ? target : null;
}
var keep = (element) => element?.setAttribute(LEFT_ALONE, "true");
function keepKeys(signal) {
  document.addEventListener("focusin", (event) => keep(ours(event)), { signal, capture: true });
  const letPass = (event) => {
    const target = ours(event);
    if (!target || !isApplications(event)) return;
    target.removeAttribute(LEFT_ALONE);
    setTimeout(() => keep(target));
  };
  window.addEventListener("keydown", letPass, { signal, capture: true });
  const stay = (event) => {
    if (event.key === " " && ours(event)?.matches("canvas, [role='slider']")) event.preventDefault();
  };
  document.addEventListener("keydown", stay, { signal });
}

// page_access/naming.js
var TOLD_BESIDE = ".dwmtj-lab :is(.dwmtj-shielded canvas, canvas.dwmtj-shielded, .dwmtj-plot .bqplot)";
var words = (node) => node?.textContent?.trim() ?? "";
function readoutOf(slider) {
  const found = slider.querySelector(":scope > .widget-readout");
  return found instanceof HTMLElement && found.style.display !== "none" ? found : null;
}
function nameSlider(slider) {
  const label = words(slider.querySelector(":scope > .widget-label"));
  if (!label) return;
  const readout = readoutOf(slider);
  const row = slider.parentElement;
  const isQuantity = row?.classList.contains("dwmtj-quantity");
  const unit = isQuantity ? words(row?.querySelector(":scope > .widget-label")) : "";
  const value = readout ? `${words(readout)} ${unit}`.trim() : words(row?.querySelector(":scope > .dwmtj-scrub-time"));
  for (const handle of slider.querySelectorAll(".noUi-handle")) {
    const isDisabled = handle.closest(".noUi-target")?.hasAttribute("disabled") ?? false;
    setAttributes(handle, { "aria-label": label, "aria-disabled": String(isDisabled) });
    if (value) setAttributes(handle, { "aria-valuetext": value });
  }
  const name = unit ? fill(tr("{label} in {unit}"), { label, unit }) : label;
  if (readout) setAttributes(readout, { role: "textbox", "aria-label": name });
}
function nameField(field) {
  const root = field.closest(".jupyter-widgets");
  const label = root?.querySelector(":scope > label");
  const hint = field.title || label?.title || root?.title;
  if (hint && !words(label)) setAttributes(field, { "aria-label": hint });
}
function openByKeys(header) {
  const isOpen = header.parentElement?.classList.contains("jupyter-widget-Collapse-open") ?? false;
  setAttributes(header, { role: "button", tabindex: "0", "aria-expanded": String(isOpen) });
}
function nameAll() {
  for (const slider of document.querySelectorAll(`${PLACES} .widget-slider`)) nameSlider(slider);
  for (const field of document.querySelectorAll(`${PLACES} :is(select, input)`)) {
    nameField(
      /** @type {HTMLElement} */
      field
    );
  }
  for (const header of document.querySelectorAll(".dwmtj-lab .jupyter-widget-Collapse-header")) openByKeys(header);
  for (const picture of document.querySelectorAll(TOLD_BESIDE)) setAttributes(picture, { "aria-hidden": "true" });
}

// page_access/typing_rules.js
var typable = (text) => text.replaceAll("−", "-");
var isPlain = (text) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
function refusalOfSigns(signs, isWhole) {
  if (!(isWhole ? /[,.e]/i : /,/).test(signs)) return "";
  return isWhole ? tr("Only whole numbers are accepted here.") : tr("Write decimals with a point, as in 1.5.");
}
function refusalOfText(text) {
  if (isPlain(text)) return "";
  return text.includes(",") ? tr("Write decimals with a point, as in 1.5.") : tr("That is no number.");
}
function reasonOfChange(typed, now, range) {
  const isInside = range !== null && typed >= range[0] && typed <= range[1];
  const said = isInside ? tr("It goes in steps: the nearest to {typed} is {now}.") : tr("{typed} is out of range: it is {now} now.");
  return fill(said, { typed, now });
}
function isTaken(typed, now, isLogarithmic) {
  return Math.abs(Number(typable(now)) - typed) <= (isLogarithmic ? 0.06 : 1e-9) * Math.abs(typed);
}

// page_access/typed_numbers.js
var FIELDS = ":is(.dwmtj-lab, .dwmtj-lesson-part) :is(input[type=number], .widget-readout)";
var SPOKEN = 8e3;
var isInput = (field) => !field.matches(".widget-readout");
var textOf = (field) => ((isInput(field) ? field.value : field.textContent) ?? "").trim();
function write(field, text) {
  if (isInput(field)) field.value = text;
  else field.textContent = text;
}
var Remark = class {
  constructor() {
    this.node = Object.assign(document.createElement("div"), { className: "dwmtj-remark", role: "alert" });
    this.timer = 0;
  }
  /**
   * @param {Field} field
   * @param {string} sentence
   */
  say(field, sentence) {
    const { left, bottom } = field.getBoundingClientRect();
    this.node.textContent = sentence;
    const place = { left: `${Math.max(Math.min(left, innerWidth - 260), 8)}px`, top: `${bottom + 4}px` };
    Object.assign(this.node.style, place);
    field.closest(".dwmtj-lab, .dwmtj-lesson-part")?.append(this.node);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.clear(), SPOKEN);
  }
  clear() {
    clearTimeout(this.timer);
    this.node.remove();
  }
};
function rangeOf(field) {
  const handle = field.closest(".widget-slider")?.querySelector(".noUi-handle");
  if (!handle) return null;
  return [Number(handle.getAttribute("aria-valuemin")), Number(handle.getAttribute("aria-valuemax"))];
}
var Typing = class {
  constructor() {
    this.remark = new Remark();
    this.before = "";
    this.spoilt = "";
  }
  /** @param {Field} field */
  begin(field) {
    this.before = textOf(field);
    this.spoilt = "";
  }
  /** @param {Field} field @param {KeyboardEvent} event */
  press(field, event) {
    if (event.key === "Enter") this.finish(field);
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
      if (!this.spoilt) this.remark.clear();
      this.refuseSigns(field, event, event.key);
    }
  }
  /** @param {Field} field @param {Event} event @param {string} signs */
  refuseSigns(field, event, signs) {
    const refusal = isInput(field) ? refusalOfSigns(signs, field.step === "1") : "";
    if (!refusal) return;
    event.preventDefault();
    this.spoilt = refusal;
    this.remark.say(field, refusal);
  }
  /** @param {Field} field @param {string} sentence */
  restore(field, sentence) {
    write(field, this.before);
    this.remark.say(field, sentence);
    this.spoilt = "";
  }
  /**
   * Runs before and after ipywidgets takes the text.
   *
   * @param {Field} field
   */
  finish(field) {
    const text = typable(textOf(field));
    const isBad = isInput(field) && field.validity.badInput;
    if (this.spoilt || isBad) return this.restore(field, this.spoilt || tr("That is no number."));
    if (text === typable(this.before)) return void 0;
    const refusal = refusalOfText(text);
    if (refusal) return this.restore(field, refusal);
    if (!isInput(field)) field.textContent = text;
    setTimeout(() => this.check(field, Number(text)));
    return void 0;
  }
  /**
   * Show a sentence if a field shows another number than was typed.
   *
   * @param {Field} field
   * @param {number} typed
   */
  check(field, typed) {
    const shown = textOf(field);
    if (document.activeElement === field) this.before = shown;
    const isLogarithmic = !isInput(field) && !field.closest(".dwmtj-quantity");
    if (!isTaken(typed, shown, isLogarithmic)) this.remark.say(field, reasonOfChange(typed, shown, rangeOf(field)));
  }
};
function watchTyping(signal) {
  const typing = new Typing();
  function on(type, handler) {
    const listener = (event) => {
      const field = event.target.closest?.(FIELDS);
      if (!field || event.dwmtjTyped) return;
      event.dwmtjTyped = true;
      handler(field, event);
    };
    document.addEventListener(type, listener, { capture: true, signal });
  }
  on("focusin", (field) => typing.begin(field));
  on("keydown", (field, event) => typing.press(field, event));
  on("beforeinput", (field, event) => {
    typing.refuseSigns(field, event, event.data ?? event.dataTransfer?.getData("text") ?? "");
  });
  on("change", (field) => typing.finish(field));
  on("focusout", (field) => {
    if (!isInput(field)) typing.finish(field);
  });
  signal.addEventListener("abort", () => typing.remark.clear());
}

// page_access/index.js
var PAUSE = 150;
function correct(spoken) {
  const handles = spoken.map(({ target }) => (
    /** @type {Element} */
    target
  ));
  const sliders = new Set(handles.map((handle) => handle.closest(`${PLACES} .widget-slider`)));
  for (const slider of sliders) if (slider) nameSlider(slider);
}
function pressFold(event) {
  if (event.defaultPrevented) return;
  const { target, key } = event;
  if (!(target instanceof Element) || key !== "Enter" && key !== " ") return;
  const header = target.closest(".dwmtj-lab .jupyter-widget-Collapse-header");
  if (!header) return;
  event.preventDefault();
  header.click();
}
function initialize({ model }) {
  letGoOfClosed(model);
}
function render({ model, el }) {
  el.setAttribute("aria-hidden", "true");
  const { on, watch, signal, stop } = listeners(model);
  const view = viewName();
  keepKeys(signal);
  const hasEnded = watchKernel(model, el, signal);
  watch("msg:custom", ({ type }) => type === "ask" && model.send({ type: "here", view }));
  let timer = 0;
  function look() {
    timer = 0;
    nameAll();
  }
  const watcher = new MutationObserver((records) => {
    const spoken = records.filter(({ attributeName }) => attributeName === "aria-valuetext");
    correct(spoken);
    if (spoken.length < records.length) timer ||= setTimeout(look, PAUSE);
  });
  const watched = { childList: true, subtree: true, characterData: true, attributeFilter: ["aria-valuetext", "class"] };
  watcher.observe(document.body, watched);
  on(document, "keydown", pressFold);
  watchTyping(signal);
  takeDrops(signal);
  nameAll();
  model.send({ type: "view", view });
  return () => {
    stop();
    if (!hasEnded()) model.send({ type: "gone", view });
    watcher.disconnect();
    clearTimeout(timer);
  };
}
var page_access_default = { initialize, render };
export {
  page_access_default as default
};
