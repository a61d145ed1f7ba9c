// The browser's half of CurvePlot (curve_plot.py): one SVG, redrawn whenever its numbers change.
//
// to Python  {type: "pick", curve, point}

import { element, listeners } from "../lib/dom.js";
import { tr } from "../lib/i18n.js";
import { picking } from "../lib/picking.js";
import { walked } from "./keys.js";
import { pointText } from "./model.js";
import { Picture } from "./picture.js";

/** @typedef {import("./model.js").Point} Point */

const HELP = tr("Left and right arrow keys walk along a curve, up and down to another one, Enter chooses the point.");

/** @param {View} view */
function render({ model, el }) {
  const root = element(el, "div", "dwmtj-curve-plot", { tabIndex: 0 });
  root.setAttribute("role", "application");
  const picture = new Picture(root);
  const tip = element(root, "div", "tip", { hidden: true });
  tip.setAttribute("role", "status");
  const { on, change, onSize, stop } = listeners(model);

  function draw() {
    /** @type {import("./model.js").Chart} */
    const chart = model.get("_chart");
    root.setAttribute("aria-label", `${model.get("label")}. ${HELP}`);
    root.style.height = model.get("height") ? `${model.get("height")}px` : "";
    root.classList.toggle("fills", !model.get("height"));
    const { clientWidth: width, clientHeight: height } = root;
    if (!chart.x || width < 60 || height < 60) return;
    picture.draw(chart, width, height);
    const { curves } = chart;
    const points = curves.reduce((sum, { y }) => sum + y.filter((value) => value !== null).length, 0);
    Object.assign(root.dataset, { curves: curves.length, points });
    const isLive = curves.some(({ live, x }) => live && x.length);
    root.classList.toggle("live", isLive);
    onSelected();
    if (!tip.hidden) show(pointed());
  }

  function onSelected() {
    const [curve, point] = model.get("selected");
    picture.showRing({ curve, point });
    root.dataset.selected = `${curve},${point}`;
  }

  /**
   * Show the tooltip of a point.
   *
   * @param {Point | null} at
   */
  function show(at) {
    const place = picture.place(at);
    tip.hidden = !place;
    if (!place || !at || !picture.chart) return;
    tip.textContent = pointText(picture.chart, at);
    const isRight = place[0] > root.clientWidth / 2;
    tip.style.left = isRight ? "" : `${place[0] + 12}px`;
    tip.style.right = isRight ? `${root.clientWidth - place[0] + 12}px` : "";
    tip.style.top = `${Math.max(place[1] - 40, 0)}px`;
  }

  function hide() {
    tip.hidden = true;
  }

  /** @param {PointerEvent} event */
  function under(event) {
    const { left, top } = root.getBoundingClientRect();
    return picture.under([event.clientX - left, event.clientY - top]);
  }

  /** @param {Point} at */
  function pick({ curve, point }) {
    model.send({ type: "pick", curve, point });
  }

  const pointed = picking(root, on, {
    under,
    next: (key, from) => walked(key, picture.points, from),
    show,
    hide,
    pick,
  });

  onSize(root, draw);
  change(["_chart", "height", "label"], draw);
  change("selected", onSelected);
  return stop;
}

export default { render };
