// What a person types into ipywidgets' number fields and the read-outs of its sliders is taken as it stands, or a sentence
// beside the field says why not. By themselves they drop a comma ("12,5" becomes 125), read "62,5" as 62, go to the
// nearest step or limit, and say nothing.

import { fill, tr } from "../lib/i18n.js";

const FIELDS = ":is(.dwmtj-lab, .dwmtj-lesson-part) :is(input[type=number], .widget-readout)";
const SPOKEN = 8000; // ms that a sentence stays

const isReadout = (field) => field.matches(".widget-readout");
const textOf = (field) => (isReadout(field) ? field.textContent : field.value).trim();
const isPlain = (text) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
const isWhole = (field) => !isReadout(field) && field.step === "1";

/** Shows a sentence below a field until something else is typed, and lets it be heard. */
class Remark {
  constructor() {
    this.node = Object.assign(document.createElement("div"), { className: "dwmtj-remark", role: "alert" });
  }

  say(field, sentence) {
    const { left, bottom } = field.getBoundingClientRect();
    this.node.textContent = sentence;
    Object.assign(this.node.style, {
      left: `${Math.max(Math.min(left, innerWidth - 260), 8)}px`,
      top: `${bottom + 4}px`,
    });
    field.closest(".dwmtj-lab, .dwmtj-lesson-part").append(this.node);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.clear(), SPOKEN);
  }

  clear() {
    clearTimeout(this.timer);
    this.node.remove();
  }
}

/** Why a field shows another number than was typed. */
function reason(field, typed, now) {
  const handle = field.closest(".widget-slider")?.querySelector(".noUi-handle");
  const [low, high] = handle
    ? ["valuemin", "valuemax"].map((end) => Number(handle.getAttribute(`aria-${end}`)))
    : [typed, typed];
  const said =
    handle && typed >= low && typed <= high
      ? tr("It goes in steps: the nearest to {typed} is {now}.")
      : tr("{typed} is out of range: it is {now} now.");
  return fill(said, { typed, now });
}

/** Watches all fields of the document until `signal` ends it. */
export function watchTyping(signal) {
  const remark = new Remark();
  let before = ""; // the text of the field that has the keyboard, as it was
  let spoilt = ""; // the sentence on a sign that was typed there and cannot be taken

  const on = (type, handler) =>
    document.addEventListener(
      type,
      (event) => {
        const field = event.target.closest?.(FIELDS);
        if (!field || event.dwmtjTyped) return;
        event.dwmtjTyped = true; // a second lab of the page listens too
        handler(field, event);
      },
      { capture: true, signal },
    );

  function refuseSigns(field, event, signs) {
    if (isReadout(field) || !(isWhole(field) ? /[,.e]/i : /,/).test(signs)) return;
    event.preventDefault();
    spoilt = isWhole(field)
      ? tr("Only whole numbers can be taken here.")
      : tr("Write decimals with a point, as in 1.5.");
    remark.say(field, spoilt);
  }

  function restore(field, sentence) {
    if (isReadout(field)) field.textContent = before;
    else field.value = before;
    remark.say(field, sentence);
    spoilt = "";
  }

  /** Runs before ipywidgets takes the text, and once more when it has. */
  function finish(field) {
    const text = textOf(field).replaceAll("−", "-");
    if (spoilt || (!isReadout(field) && field.validity.badInput)) {
      restore(field, spoilt || tr("That is no number."));
      return;
    }
    if (text === before.replaceAll("−", "-")) return;
    if (!isPlain(text)) {
      restore(field, text.includes(",") ? tr("Write decimals with a point, as in 1.5.") : tr("That is no number."));
      return;
    }
    if (isReadout(field)) field.textContent = text; // it knows no minus sign but the hyphen
    const typed = Number(text);
    setTimeout(() => {
      const shown = textOf(field);
      if (document.activeElement === field) before = shown;
      const now = Number(shown.replaceAll("−", "-"));
      // A scale that is a logarithm has no steps, and shows fewer digits than it keeps.
      const isClose =
        Math.abs(now - typed) <=
        (field.closest(".dwmtj-quantity") || !isReadout(field) ? 1e-9 : 0.06) * Math.abs(typed);
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
  on("beforeinput", (field, event) =>
    refuseSigns(field, event, event.data ?? event.dataTransfer?.getData("text") ?? ""),
  );
  on("change", finish);
  on("focusout", (field) => {
    if (isReadout(field)) finish(field);
  });
  signal.addEventListener("abort", () => remark.clear());
}
