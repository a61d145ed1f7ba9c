// The browser's half of PixelEditor (pixel_editor.py). Python owns the bits, this view owns the stroke under the pen.
//
// to Python    {type: "paint", client, sequence, stroke, value, cells} (equal `stroke` = one undo entry), {type: "undo"},
//              {type: "redo"}, {type: "select", cell}; and the trait `hovered`
// from Python  `_acknowledged` = "client:sequence", in one message with the new bits

import { painter } from "../lib/canvas.js";
import { element, listeners, setAttributes, viewName } from "../lib/dom.js";
import { fill, tr } from "../lib/i18n.js";
import { watchTheme } from "../lib/theme.js";
import { drawCells } from "./drawing.js";
import { followPointer } from "./gesture.js";
import { cellOf } from "./grid.js";
import { press } from "./keys.js";
import { Painting } from "./painting.js";
import { Pointing } from "./pointing.js";

const HELP = tr(
  "Arrow keys move, Space or Enter flips a cell, Shift with an arrow key paints, Shift with Enter selects, " +
    "Control Z undoes.",
);

/** @param {View} view */
function render({ model, el }) {
  const client = viewName();
  const root = element(el, "div", "dwmtj-pixel-editor");
  // The caption is hidden from screen readers, because the canvas has the same name.
  const caption = element(root, "div", "dwmtj-pixel-caption", { ariaHidden: "true" });
  const frame = element(root, "div", "dwmtj-pixel-frame");
  const canvas = element(frame, "canvas", "dwmtj-pixel-canvas");
  const live = element(root, "div", "dwmtj-unseen", { ariaLive: "polite" });
  const help = element(root, "div", "", { id: `dwmtj-pixel-${client}`, textContent: HELP, hidden: true });

  // Draw and send, at most once per frame.
  const { soon: schedule, stop: stopPainting } = painter(() => {
    draw();
    painting.sendGathered();
    pointing.tellHovered();
  });
  const painting = new Painting(model, client, schedule);
  const pointing = new Pointing(model, painting);
  const { on, change, stop: stopListening } = listeners(model);
  let announceBits = false;

  function draw() {
    const { rows, columns } = painting.size;
    const [bits, compact, disabled] = [painting.bits(), model.get("compact"), model.get("disabled")];
    const chosen = cellOf(painting.size, pointing.selected);
    const marks = painting.index(chosen) < 0 ? [] : [{ place: chosen, dashed: false }];
    if (pointing.keyboard) marks.push({ place: pointing.cursor, dashed: true });
    const flags = { "is-compact": compact, "is-keyboard": pointing.keyboard, "is-disabled": disabled };
    for (const [name, value] of Object.entries(flags)) root.classList.toggle(name, value);
    drawCells(canvas, bits, { rows, columns, size: model.get("cell_size"), compact, marks });
    canvas.dataset.bits = bits.join("");
    describe(bits.filter((bit) => bit === "1").length, disabled);
  }

  /**
   * @param {number} on cells that are
   * @param {boolean} disabled
   */
  function describe(on, disabled) {
    const label = model.get("label");
    setAttributes(canvas, {
      "aria-label": fill(tr("{label}: {rows} by {columns} cells, {on} on"), {
        label: label || tr("Pixel editor"),
        ...painting.size,
        on,
      }),
      "aria-describedby": disabled ? "" : help.id,
      role: disabled ? "img" : "application",
      tabindex: disabled ? "-1" : "0",
    });
    if (caption.textContent !== label) caption.textContent = label;
    if (announceBits) live.textContent = fill(tr("{on} cells on"), { on });
    announceBits = false;
  }

  /** Announce the cell under the keyboard cursor. */
  function sayCell() {
    const value = painting.bits()[pointing.hovered] === "1" ? tr("on") : tr("off");
    const [row, column] = [pointing.cursor.row + 1, pointing.cursor.column + 1];
    live.textContent = fill(tr("Row {row}, column {column}, {value}"), { row, column, value });
  }

  followPointer(canvas, painting, pointing, on);
  on(canvas, "keydown", (event) => {
    if (model.get("disabled") || painting.hasPen) return; // the keyboard is ignored while a pointer paints
    const done = press(painting, pointing, event);
    if (!done) return;
    if (done === "history") announceBits = true;
    else sayCell();
    event.preventDefault();
    event.stopPropagation();
    pointing.setKeyboard(true);
  });
  on(canvas, "keyup", ({ key }) => key === "Shift" && painting.hasKey && painting.end());
  on(canvas, "focus", () => pointing.setKeyboard(!model.get("disabled") && canvas.matches(":focus-visible")));
  on(canvas, "blur", () => {
    painting.end();
    pointing.leave();
    pointing.setKeyboard(false);
  });

  const onSize = () => {
    painting.drop();
    pointing.moveCursor(pointing.cursor);
  };
  const onSelected = () => {
    pointing.selected = model.get("selected");
  };
  change("_acknowledged", () => painting.hear(), schedule);
  change(["rows", "columns"], onSize, schedule);
  change("selected", onSelected, schedule);
  change(["bits", "label", "cell_size", "compact", "disabled", "_reports_hover"], schedule);
  on(window, "resize", schedule); // also fired when zooming changes devicePixelRatio
  const stopFollowing = watchTheme(schedule);

  draw();
  schedule(); // once more, in case the style sheet arrives later
  return () => {
    stopListening();
    stopFollowing();
    stopPainting();
    root.remove();
  };
}

export default { render };
