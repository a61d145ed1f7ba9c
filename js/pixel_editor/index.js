// The browser's half of PixelEditor (pixel_editor.py). Python owns the bits, this view owns the stroke under the
// pen. Messages to Python: {type: "paint", client, sequence, stroke, value, cells} (equal `stroke` = one undo
// entry), {type: "undo"}, {type: "redo"}, {type: "select", cell}; and the trait `hovered`.
// Python answers a "paint" with `_acknowledged` = "client:sequence", in one message with the new bits. Until then
// the painted cells lie over the bits, so that older bits still under way cannot wipe them out. One piece of a
// stroke is under way at a time (behind a busy kernel the cells gather here), but the end of a stroke never waits.

import { painter } from "../lib/canvas.js";
import { element, listeners, setAttributes, viewName } from "../lib/dom.js";
import { fill, tr } from "../lib/i18n.js";
import { clamp } from "../lib/numbers.js";

const HELP = tr(
  "Arrow keys move, Space or Enter flips a cell, Shift with an arrow key paints, Shift with Enter selects, " +
    "Control Z undoes.",
);
const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/** Visit every cell of a straight line, both ends included; neighbours touch at least by a corner. */
function forEachOnLine(from, to, visit) {
  const [down, right] = [to.row - from.row, to.column - from.column];
  const steps = Math.max(Math.abs(down), Math.abs(right), 1);
  for (let i = 0; i <= steps; i += 1) {
    visit({ row: from.row + Math.round((down * i) / steps), column: from.column + Math.round((right * i) / steps) });
  }
}

/** Draw bits and marks; `marks` = [{place, dashed}]. */
function drawCells(canvas, bits, { rows, columns, size, compact, marks }) {
  // Edges are rounded to device pixels one by one: crisp at any zoom, and no seams between cells.
  const ratio = window.devicePixelRatio || 1;
  const edge = (count) => Math.round(count * size * ratio);
  const box = ({ row, column }) => {
    const [left, top] = [edge(column), edge(row)];
    return [left, top, edge(column + 1) - left, edge(row + 1) - top];
  };
  const [width, height] = [edge(columns), edge(rows)];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  Object.assign(canvas.style, { width: `${columns * size}px`, height: `${rows * size}px` });

  // The style sheet puts the four colours into properties of the canvas that draw nothing there, which resolves
  // variables, defaults and forced colours in one place.
  const { backgroundColor: off, color: on, borderTopColor: grid, outlineColor: focus } = getComputedStyle(canvas);
  const context = canvas.getContext("2d", { alpha: false });
  context.fillStyle = off;
  context.fillRect(0, 0, width, height);
  context.fillStyle = on;
  bits.forEach((bit, cell) => {
    if (bit === "1") context.fillRect(...box({ row: Math.floor(cell / columns), column: cell % columns }));
  });
  if (!compact) {
    const line = Math.max(1, Math.round(ratio));
    context.fillStyle = grid;
    for (let c = 1; c < columns; c += 1) context.fillRect(edge(c) - line, 0, line, height);
    for (let r = 1; r < rows; r += 1) context.fillRect(0, edge(r) - line, width, line);
  }
  for (const { place, dashed } of marks) {
    const [left, top, wide, high] = box(place);
    const ring = (inset, thickness, colour, dashes) => {
      const shift = inset + thickness / 2;
      Object.assign(context, { strokeStyle: colour, lineWidth: thickness });
      context.setLineDash(dashes);
      context.strokeRect(left + shift, top + shift, wide - 2 * shift, high - 2 * shift);
    };
    // A white companion (inside, or in the gaps) keeps the ring visible on both cell colours.
    const thick = Math.round((compact ? 1 : 2) * ratio);
    ring(dashed ? 0 : thick, dashed ? thick : Math.round(ratio), "#ffffff", []);
    ring(0, thick, focus, dashed ? [3 * ratio, 3 * ratio] : []);
  }
}

function render({ model, el }) {
  const client = viewName();
  const root = element(el, "div", "dwmtj-pixel-editor");
  // The caption is hidden from screen readers: the canvas's own name says it.
  const caption = element(root, "div", "dwmtj-pixel-caption", { ariaHidden: "true" });
  const frame = element(root, "div", "dwmtj-pixel-frame");
  const canvas = element(frame, "canvas", "dwmtj-pixel-canvas");
  const live = element(root, "div", "dwmtj-unseen", { ariaLive: "polite" });
  const help = element(root, "div", "", { id: `dwmtj-pixel-${client}`, textContent: HELP, hidden: true });

  const cursor = { row: 0, column: 0 };
  let selected = model.get("selected");
  let hovered = -1;
  let keyboard = false; // the cursor is shown to those who use it
  let announceBits = false;
  let stroke = null; // {number, value, cells, unsent, last, pointer}; pointer null = keyboard
  let strokes = 0;
  let sequence = 0;
  let pending = []; // pieces sent and not acknowledged: {sequence, value, cells}
  // Draw and send, at most once per frame.
  const { soon: schedule, stop: stopPainting } = painter(() => {
    draw();
    tell();
  });
  const { on, watch, stop: stopListening } = listeners(model);
  const rows = () => model.get("rows");
  const columns = () => model.get("columns");
  const index = ({ row, column }) =>
    row >= 0 && row < rows() && column >= 0 && column < columns() ? row * columns() + column : -1;

  /** Python's bits below, this view's unacknowledged cells above. */
  function painted() {
    const bits = Array.from(model.get("bits").padEnd(rows() * columns(), "0"));
    for (const { value, cells } of stroke ? [...pending, stroke] : pending) {
      for (const cell of cells) bits[cell] = String(value);
    }
    return bits;
  }

  function beginStroke(at, pointer, value = 1 - painted()[index(at)]) {
    strokes += 1;
    stroke = { number: strokes, value, cells: new Set(), unsent: new Set(), last: at, pointer };
    paintTo(at);
  }

  function paintTo(at) {
    forEachOnLine(stroke.last, at, (place) => {
      const cell = index(place);
      if (cell < 0 || stroke.cells.has(cell)) return;
      stroke.cells.add(cell);
      stroke.unsent.add(cell);
    });
    stroke.last = at;
    schedule();
  }

  function sendPiece(cells) {
    const { value, number } = stroke;
    sequence += 1;
    pending.push({ sequence, value, cells });
    stroke.unsent.clear();
    model.send({ type: "paint", client, sequence, stroke: number, value, cells });
  }

  function endStroke() {
    if (!stroke) return;
    // Cells that the program changed under the pen are sent again: until pointer-up the person wins.
    const bits = model.get("bits");
    const cells = [...stroke.cells].filter((cell) => stroke.unsent.has(cell) || Number(bits[cell]) !== stroke.value);
    if (cells.length) sendPiece(cells);
    stroke = null;
    schedule();
  }

  function select(cell) {
    selected = cell === selected ? -1 : cell;
    model.send({ type: "select", cell: selected });
    schedule();
  }

  function tell() {
    if (stroke?.unsent.size && !pending.length) sendPiece([...stroke.unsent]);
    if (model.get("_reports_hover") && hovered !== model.get("hovered")) {
      model.set("hovered", hovered);
      model.save_changes(); // ipywidgets holds these back while the kernel is busy, and sends the newest
    }
  }

  function draw() {
    const [bits, compact, disabled] = [painted(), model.get("compact"), model.get("disabled")];
    const chosen = { row: Math.floor(selected / columns()), column: selected % columns() };
    const marks = index(chosen) < 0 ? [] : [{ place: chosen, dashed: false }];
    if (keyboard) marks.push({ place: cursor, dashed: true });
    const flags = { "is-compact": compact, "is-keyboard": keyboard, "is-disabled": disabled };
    for (const [name, value] of Object.entries(flags)) root.classList.toggle(name, value);
    drawCells(canvas, bits, { rows: rows(), columns: columns(), size: model.get("cell_size"), compact, marks });
    canvas.dataset.bits = bits.join("");
    describe(bits.filter((bit) => bit === "1").length, disabled);
  }

  function describe(on, disabled) {
    const label = model.get("label");
    const attributes = {
      "aria-label": fill(tr("{label}: {rows} by {columns} cells, {on} on"), {
        label: label || tr("Pixel editor"),
        rows: rows(),
        columns: columns(),
        on,
      }),
      "aria-describedby": disabled ? "" : help.id,
      role: disabled ? "img" : "application",
      tabindex: disabled ? "-1" : "0",
    };
    setAttributes(canvas, attributes);
    if (caption.textContent !== label) caption.textContent = label;
    if (announceBits) live.textContent = fill(tr("{on} cells on"), { on });
    announceBits = false;
  }

  function locate(event) {
    const bounds = canvas.getBoundingClientRect();
    return {
      row: Math.floor(((event.clientY - bounds.top) / bounds.height) * rows()),
      column: Math.floor(((event.clientX - bounds.left) / bounds.width) * columns()),
    };
  }

  function moveCursor(at) {
    cursor.row = clamp(at.row, 0, rows() - 1);
    cursor.column = clamp(at.column, 0, columns() - 1);
  }

  /** Act on a key; false if it is not one of ours. */
  function press({ key, shiftKey, altKey, ctrlKey, metaKey }) {
    if (altKey) return false;
    if (ctrlKey || metaKey) {
      const letter = key.toLowerCase();
      if (letter !== "z" && letter !== "y") return false;
      endStroke();
      announceBits = true;
      model.send({ type: letter === "y" || shiftKey ? "redo" : "undo" });
      return true;
    }
    if (key in ARROWS) {
      const [down, right] = ARROWS[key];
      // One stroke for as long as Shift is held, in the colour of the cell where it begins.
      if (shiftKey && !stroke) beginStroke({ ...cursor }, null, Number(painted()[index(cursor)]));
      moveCursor({ row: cursor.row + down, column: cursor.column + right });
      if (shiftKey) paintTo({ ...cursor });
    } else if (key === "Enter" && shiftKey) select(index(cursor));
    else if (key === " " || key === "Enter") {
      endStroke();
      beginStroke({ ...cursor }, null);
      endStroke();
    } else return false;
    hovered = index(cursor);
    const value = painted()[hovered] === "1" ? tr("on") : tr("off");
    const [row, column] = [cursor.row + 1, cursor.column + 1];
    live.textContent = fill(tr("Row {row}, column {column}, {value}"), { row, column, value });
    return true;
  }

  const change = (name, handler = () => {}) => watch(`change:${name}`, () => (handler(), schedule()));
  const setKeyboard = (value) => ((keyboard = value), schedule());
  const leave = () => ((hovered = -1), schedule());
  on(canvas, "pointerdown", (event) => {
    const at = locate(event);
    if (!event.isPrimary || event.button !== 0 || index(at) < 0) return;
    endStroke();
    moveCursor(at);
    hovered = index(at);
    if (event.shiftKey) select(index(at));
    else if (!model.get("disabled")) {
      canvas.setPointerCapture(event.pointerId);
      beginStroke(at, event.pointerId);
    }
    setKeyboard(false);
  });
  on(canvas, "pointermove", (event) => {
    if (stroke?.pointer === event.pointerId) {
      const passed = event.getCoalescedEvents?.() ?? [];
      for (const point of passed.length ? passed : [event]) paintTo(locate(point));
      moveCursor(locate(event));
    }
    if (event.isPrimary) hovered = index(locate(event));
    schedule();
  });
  on(canvas, "lostpointercapture", endStroke); // follows pointerup and pointercancel
  on(canvas, "pointerleave", leave);
  on(canvas, "keydown", (event) => {
    // While a pointer paints, the keyboard rests.
    if (model.get("disabled") || Number.isInteger(stroke?.pointer) || !press(event)) return;
    event.preventDefault();
    event.stopPropagation();
    setKeyboard(true);
  });
  on(canvas, "keyup", ({ key }) => key === "Shift" && stroke?.pointer === null && endStroke());
  on(canvas, "focus", () => setKeyboard(!model.get("disabled") && canvas.matches(":focus-visible")));
  on(canvas, "blur", () => (endStroke(), leave(), setKeyboard(false)));

  change("_acknowledged", () => {
    const [who, last] = model.get("_acknowledged").split(":");
    if (who === client) pending = pending.filter((piece) => piece.sequence > Number(last));
  });
  for (const name of ["rows", "columns"]) change(name, () => ((pending = []), (stroke = null), moveCursor(cursor)));
  change("selected", () => (selected = model.get("selected")));
  for (const name of ["bits", "label", "cell_size", "compact", "disabled", "_reports_hover"]) change(name);

  // A theme is switched by classes and attributes above us, which no event reports.
  const themes = new MutationObserver(schedule);
  for (const node of [document.documentElement, document.body, el]) themes.observe(node, { attributes: true });
  on(window.matchMedia("(prefers-color-scheme: dark)"), "change", schedule);
  on(window, "resize", schedule); // also fired when zooming changes devicePixelRatio

  draw();
  schedule(); // once more, in case the style sheet arrives after us
  return () => {
    stopListening();
    themes.disconnect();
    stopPainting();
    root.remove();
  };
}

export default { render };
