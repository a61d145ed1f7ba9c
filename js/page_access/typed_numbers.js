// Text typed into ipywidgets' number fields and sliders' read-outs is taken exactly, or a sentence beside the field says
// why not. ipywidgets alone drops a comma ("12,5" becomes 125), reads "62,5" as 62, or goes to the nearest step or limit,
// all silently.

import { tr } from "../lib/i18n.js";
import { isTaken, reasonOfChange, refusalOfSigns, refusalOfText, typable } from "./typing_rules.js";

/** @typedef {HTMLInputElement | HTMLElement} Field an input, or a read-out that can be written into */

const FIELDS = ":is(.dwmtj-lab, .dwmtj-lesson-part) :is(input[type=number], .widget-readout)";
const SPOKEN = 8000; // ms that a sentence stays

/**
 * @param {Field} field
 * @returns {field is HTMLInputElement}
 */
const isInput = (field) => !field.matches(".widget-readout");

/** @param {Field} field */
const textOf = (field) => ((isInput(field) ? field.value : field.textContent) ?? "").trim();

/** @param {Field} field @param {string} text */
function write(field, text) {
  if (isInput(field)) field.value = text;
  else field.textContent = text;
}

/** Shows and announces a sentence below a field until something else is typed. */
class Remark {
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
}

/**
 * The range of a field's slider, or null.
 *
 * @param {Field} field
 * @returns {[number, number] | null}
 */
function rangeOf(field) {
  const handle = field.closest(".widget-slider")?.querySelector(".noUi-handle");
  if (!handle) return null;
  return [Number(handle.getAttribute("aria-valuemin")), Number(handle.getAttribute("aria-valuemax"))];
}

/** Watches the focused field. */
class Typing {
  constructor() {
    this.remark = new Remark();
    this.before = ""; // the text of the field before
    this.spoilt = ""; // the sentence on an illegal character that was typed
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
    if (text === typable(this.before)) return undefined;
    const refusal = refusalOfText(text);
    if (refusal) return this.restore(field, refusal);
    if (!isInput(field)) field.textContent = text; // ipywidgets only understands the hyphen as a minus sign
    setTimeout(() => this.check(field, Number(text)));
    return undefined;
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
}

/**
 * Watch all fields of the document until `signal` ends it.
 *
 * @param {AbortSignal} signal
 */
export function watchTyping(signal) {
  const typing = new Typing();

  /** @param {string} type @param {(field: Field, event: any) => void} handler */
  function on(type, handler) {
    const listener = (/** @type {any} */ event) => {
      const field = event.target.closest?.(FIELDS);
      if (!field || event.dwmtjTyped) return;
      event.dwmtjTyped = true; // a second lab on the page listens too
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
