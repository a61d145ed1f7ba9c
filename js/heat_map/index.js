// The browser's half of HeatMap (heat_map.py): one canvas, redrawn whenever its numbers change; the outlines of the
// selected cell and of the one under the pointer lie above it, so that the canvas can be saved as a picture.
//
// to Python  {type: "pick", column, row}

import { element, listeners } from "../lib/dom.js";
import { tr } from "../lib/i18n.js";
import { picking } from "../lib/picking.js";
import { followTheme } from "../lib/theme.js";
import { INK, INK_NAMES } from "./colours.js";
import { walked } from "./keys.js";
import { cellText, isInside } from "./model.js";
import { Picture } from "./picture.js";

/** @typedef {import("./model.js").Cell} Cell */

const HELP = tr("Arrow keys walk from cell to cell, Enter chooses one.");

/** @param {View} view */
function render({ model, el }) {
  const root = element(el, "div", "dwmtj-heat-map", { tabIndex: 0 });
  root.setAttribute("role", "application");
  const canvas = element(root, "canvas", "");
  const outline = element(root, "div", "cell walked", { hidden: true });
  const chosen = element(root, "div", "cell selected", { hidden: true });
  const tip = element(root, "div", "tip", { hidden: true });
  tip.setAttribute("role", "status");
  const picture = new Picture(canvas, model.get("_ramp"));
  const theme = followTheme(root, INK, INK_NAMES, draw);
  const { on, change, onSize, stop } = listeners(model);

  function draw() {
    /** @type {import("./model.js").HeatMap} */
    const map = model.get("_map");
    root.setAttribute("aria-label", `${model.get("label")}. ${HELP}`);
    root.style.height = model.get("height") ? `${model.get("height")}px` : "";
    root.classList.toggle("fills", !model.get("height"));
    const { clientWidth: width, clientHeight: height } = root;
    if (!map.x || width < 120 || height < 90) return;
    theme.update();
    picture.draw(map, width, height);
    Object.assign(root.dataset, {
      columns: map.x.values.length,
      rows: map.y.values.length,
      cells: map.values.filter((value) => value !== null).length,
      values: map.values.map((value) => value ?? "").join(),
      spots: map.spots.map((spot) => spot.label).join("; "),
    });
    onSelected();
    if (!tip.hidden) show(pointed());
  }

  /** @returns {Cell} */
  function selected() {
    const [column, row] = model.get("selected");
    return { column, row };
  }

  /**
   * Outline a cell, or none.
   *
   * @param {HTMLElement} node
   * @param {Cell | null} cell
   */
  function surround(node, cell) {
    const { map, grid } = picture;
    node.hidden = !(cell && map && isInside(map, cell));
    if (node.hidden || !cell || !grid) return;
    const [left, top, width, height] = grid.place(cell.column, cell.row);
    Object.assign(node.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
  }

  function onSelected() {
    const { column, row } = selected();
    surround(chosen, { column, row });
    root.dataset.selected = `${column},${row}`;
  }

  /**
   * Show the tooltip of a cell.
   *
   * @param {Cell | null} cell
   */
  function show(cell) {
    const { map, grid } = picture;
    surround(outline, cell);
    tip.hidden = outline.hidden;
    if (tip.hidden || !cell || !map || !grid) return;
    tip.textContent = cellText(map, cell);
    const [left, top, width, height] = grid.place(cell.column, cell.row);
    const isRight = left + width / 2 > root.clientWidth / 2;
    tip.style.left = isRight ? "" : `${left + width + 6}px`;
    tip.style.right = isRight ? `${root.clientWidth - left + 6}px` : "";
    tip.style.top = `${Math.min(Math.max(top + height / 2 - 20, 0), root.clientHeight - tip.offsetHeight)}px`;
  }

  function hide() {
    tip.hidden = outline.hidden = true;
  }

  /** @param {PointerEvent} event */
  function under(event) {
    const { left, top } = root.getBoundingClientRect();
    return picture.grid?.under(event.clientX - left, event.clientY - top) ?? null;
  }

  /** @param {Cell} cell */
  function pick({ column, row }) {
    model.send({ type: "pick", column, row });
  }

  const pointed = picking(root, on, {
    under,
    next: (key, from) => picture.map && walked(key, picture.map, from, selected()),
    show,
    hide,
    pick,
  });

  onSize(root, draw);
  change(["_map", "height", "label"], draw);
  change("selected", onSelected);
  return () => {
    stop();
    theme.stop();
  };
}

export default { render };
