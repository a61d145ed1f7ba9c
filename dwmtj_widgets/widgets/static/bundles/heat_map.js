// Made from js/ by `npm --prefix js run build`. Do not edit.

// lib/dom.js
function element(parent, tag, className, properties = {}) {
  return parent.appendChild(Object.assign(document.createElement(tag), { className }, properties));
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

// lib/i18n.js
var texts = typeof TEXTS === "undefined" ? {} : TEXTS;
var tr = (text) => texts[text] ?? text;
var fill = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));

// lib/picking.js
function picking(root, on, { under, next, show, hide, pick }) {
  let pointed = null;
  on(root, "pointermove", (event) => {
    pointed = under(event);
    root.style.cursor = pointed ? "pointer" : "";
    show(pointed);
  });
  on(root, "pointerleave", hide);
  on(root, "blur", hide);
  on(root, "click", (event) => {
    const at = under(event);
    if (!at) return;
    pointed = at;
    show(at);
    pick(at);
  });
  on(root, "keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") return hide();
    const isPicked = event.key === "Enter" && pointed;
    const to = isPicked ? pointed : next(event.key, pointed);
    if (!to) return;
    event.preventDefault();
    if (isPicked) return pick(to);
    pointed = to;
    show(to);
  });
  return () => pointed;
}

// lib/theme.js
var themed = (colour) => colour.startsWith("#") ? `var(--dwmtj-${colour.slice(1)}, ${colour})` : colour;
function resolved(node, colours) {
  const probe = node.appendChild(Object.assign(document.createElement("span"), { hidden: true }));
  const found = colours.map((colour) => {
    probe.style.color = colour.startsWith("#") ? themed(colour) : `var(--dwmtj-${colour})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return found;
}
function watchTheme(changed) {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const look = () => `${dark.matches} ${document.body.dataset.jpThemeLight}`;
  let scheme = look();
  function follow() {
    if (look() === scheme) return;
    scheme = look();
    changed();
  }
  const watcher = new MutationObserver(follow);
  watcher.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  dark.addEventListener("change", follow);
  return () => {
    watcher.disconnect();
    dark.removeEventListener("change", follow);
  };
}
function followTheme(node, inks, names, changed) {
  let isStale = true;
  const stop = watchTheme(() => {
    isStale = true;
    changed();
  });
  function update() {
    if (!isStale || !node.isConnected) return false;
    isStale = false;
    const values = resolved(node, Object.values(names));
    Object.keys(names).forEach((name, k) => {
      inks[name] = values[k];
    });
    return true;
  }
  return { update, stop };
}

// lib/numbers.js
var clamp = (value, least, most) => Math.min(Math.max(value, least), most);
var written = (value, digits = 4) => Number(value.toPrecision(digits)).toString().replaceAll("-", "−");

// lib/colour.js
var channels = (colour) => [1, 3, 5].map((k) => Number.parseInt(colour.slice(k, k + 2), 16));

// heat_map/colours.js
var FONT = 'system-ui, "Segoe UI", Roboto, sans-serif';
var DARK = "#1b2733";
var INK = {};
var INK_NAMES = { ink: "ink", soft: "soft", line: "axis", paper: "paper", page: "page", hatch: "hatch" };
function mixed(ramp, share) {
  const place = Math.min(Math.max(share, 0), 1) * (ramp.length - 1);
  const k = Math.min(Math.floor(place), ramp.length - 2);
  const [from, to] = [channels(ramp[k]), channels(ramp[k + 1])];
  return `rgb(${from.map((v, i) => Math.round(v + (place - k) * (to[i] - v))).join(" ")})`;
}

// lib/keys.js
var ARROWS = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0]
};

// heat_map/keys.js
function walked(key, map, from, selected) {
  if (!(key in ARROWS)) return null;
  const [down, right] = ARROWS[
    /** @type {keyof typeof ARROWS} */
    key
  ];
  if (!from && selected.column >= 0) return within(map, selected);
  return within(map, from ? { column: from.column + right, row: from.row - down } : { column: 0, row: 0 });
}
function within({ x, y }, { column, row }) {
  return { column: clamp(column, 0, x.values.length - 1), row: clamp(row, 0, y.values.length - 1) };
}

// heat_map/model.js
function shareOf({ low, high, log }, value) {
  const f = log ? Math.log : (v) => v;
  return (f(value) - f(low)) / (f(high) - f(low));
}
function everyHow(count, room) {
  return [1, 2, 5, 10, 20, 50, 100].find((n) => Math.ceil(count / n) <= room) ?? count;
}
function isInside({ x, y }, { column, row }) {
  return column >= 0 && row >= 0 && column < x.values.length && row < y.values.length;
}
function named({ symbol, values, unit }, step) {
  if (!symbol) return "";
  return `${symbol} = ${values[step]}${unit ? ` ${unit}` : ""}`;
}
function cellText({ x, y, colours, values, low, high, notes }, { column, row }) {
  const k = column * y.values.length + row;
  const where = [named(x, column), named(y, row)].filter(Boolean).join(", ");
  const value = values[k];
  if (value === null) return fill(tr("{where}: not measured yet"), { where });
  const unit = colours.unit ? ` ${colours.unit}` : "";
  const [from, to] = [low[k] ?? null, high[k] ?? null];
  const range = from === null || to === null ? "" : fill(tr(", 95 %: {low} to {high}"), { low: written(from), high: written(to) });
  return `${where}: ${written(value)}${unit}${range}${notes[k] ? `, ${notes[k]}` : ""}`;
}

// lib/canvas.js
function contextOf(canvas, settings) {
  return (
    /** @type {CanvasRenderingContext2D} */
    canvas.getContext("2d", settings)
  );
}
function sheet(width, height) {
  const canvas = new OffscreenCanvas(width, height);
  return { canvas, context: (
    /** @type {OffscreenCanvasRenderingContext2D} */
    canvas.getContext("2d")
  ) };
}

// lib/scale.js
function roundStep(length) {
  const power = 10 ** Math.floor(Math.log10(length));
  return power * ([1, 2, 5].find((digit) => digit * power >= length * 0.9999) ?? 10);
}
function multiples({ low, high }, step) {
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k += 1) found.push(k * step);
  return found;
}
function decades({ low, high }, digits) {
  const found = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power += 1) {
    for (const digit of digits) {
      const value = digit * 10 ** power;
      if (value >= low * 0.9999 && value <= high * 1.0001) found.push(value);
    }
  }
  return found;
}
function ticks(scale, most) {
  const fine = scale.log ? decades(scale, [1, 2, 5]) : [];
  const found = fine.length > 2 * most ? decades(scale, [1]) : fine;
  if (found.length > 1) return found;
  const even = multiples(scale, roundStep((scale.high - scale.low) / most));
  return even.length > 1 || most > 100 ? even : ticks(scale, 2 * most);
}

// heat_map/spots.js
function drawSpot(c, { x, y, label, shape, box }, places) {
  if (box) drawFrame(c, box, places);
  const [at, up] = places.at(x, y);
  const isDiamond = shape === "diamond";
  c.beginPath();
  if (isDiamond) {
    c.lineTo(at, up - 9);
    c.lineTo(at + 8, up);
    c.lineTo(at, up + 9);
    c.lineTo(at - 8, up);
    c.closePath();
    c.fillStyle = "#ffffff";
    c.fill();
  } else {
    c.arc(at, up, 6.5, 0, 2 * Math.PI);
  }
  const [outer, inner] = isDiamond ? [4, 1.5] : [5.5, 2.5];
  Object.assign(c, { strokeStyle: DARK, lineWidth: outer });
  c.stroke();
  Object.assign(c, { strokeStyle: "#ffffff", lineWidth: inner });
  c.stroke();
  drawTag(c, label, at, up, places.box.right);
}
function drawFrame(c, [firstColumn, lastColumn, firstRow, lastRow], { place }) {
  const [left, low, , high] = place(firstColumn, firstRow);
  const [right, top, wide] = place(lastColumn, lastRow);
  const box = (
    /** @type {const} */
    [left + 2, top + 2, right + wide - left - 4, low + high - top - 4]
  );
  Object.assign(c, { strokeStyle: "#ffffff", lineWidth: 3.5 });
  c.strokeRect(...box);
  Object.assign(c, { strokeStyle: DARK, lineWidth: 1.8 });
  c.setLineDash([6, 4]);
  c.strokeRect(...box);
  c.setLineDash([]);
}
function drawTag(c, text, x, y, end) {
  if (!text) return;
  c.font = `600 11px ${FONT}`;
  const wide = c.measureText(text).width + 8;
  const left = x + 12 + wide > end ? x - 12 - wide : x + 12;
  c.fillStyle = "rgb(255 255 255 / 88%)";
  c.beginPath();
  c.roundRect(left, y - 8, wide, 16, 4);
  c.fill();
  c.fillStyle = DARK;
  c.textAlign = "left";
  c.fillText(text, left + 4, y + 4);
}

// heat_map/picture.js
var BAR = 14;
var mostTicks = (height) => Math.max(2, height / 60);
function grid(map, box) {
  const [columns, rows] = [map.x.values.length, map.y.values.length];
  const [wide, high] = [(box.right - box.left) / columns, (box.bottom - box.top) / rows];
  return {
    box,
    wide,
    /**
     * Left, top, width and height of a cell.
     *
     * @param {number} column
     * @param {number} row
     */
    place: (column, row) => [box.left + column * wide, box.bottom - (row + 1) * high, wide, high],
    /**
     * The pixel position of a number of steps.
     *
     * @param {number} x
     * @param {number} y
     */
    at: (x, y) => [box.left + (x + 0.5) * wide, box.bottom - (y + 0.5) * high],
    /**
     * The cell at a position, or null.
     *
     * @param {number} x
     * @param {number} y
     */
    under(x, y) {
      if (x < box.left || x >= box.right || y <= box.top || y > box.bottom) return null;
      const column = Math.min(Math.floor((x - box.left) / wide), columns - 1);
      return { column, row: Math.min(Math.floor((box.bottom - y) / high), rows - 1) };
    }
  };
}
var Picture = class {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {string[]} ramp
   */
  constructor(canvas, ramp) {
    this.canvas = canvas;
    this.context = contextOf(canvas, { alpha: false });
    this.ramp = ramp;
    this.map = null;
    this.grid = null;
  }
  /**
   * @param {HeatMap} map
   * @param {number} width
   * @param {number} height
   */
  draw(map, width, height) {
    const ratio = Math.max(window.devicePixelRatio || 1, 2);
    Object.assign(this.canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    const c = this.context;
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.fillStyle = INK.paper;
    c.fillRect(0, 0, width, height);
    const box = this.boxFor(map, width, height);
    const places = grid(map, box);
    this.map = map;
    this.grid = places;
    this.cells(map, places);
    this.axes(map, places);
    this.legend(map, box, width);
    for (const spot of map.spots) drawSpot(c, spot, places);
    if (map.message) this.words(map.message, (box.left + box.right) / 2, box.top + 0.22 * (box.bottom - box.top));
  }
  /**
   * @param {string[]} texts
   * @returns {number} the width of the widest
   */
  widest(texts2) {
    this.context.font = `11px ${FONT}`;
    return Math.max(...texts2.map((text) => this.context.measureText(text).width));
  }
  /**
   * The box of the cells: the room between the labels.
   *
   * @param {HeatMap} map
   * @param {number} width
   * @param {number} height
   */
  boxFor(map, width, height) {
    const names = this.widest(map.y.values);
    const numbers = this.widest(ticks(map.colours, mostTicks(height)).map((value) => written(value)));
    return {
      left: (map.y.label ? 20 : 4) + Math.min(names, width / 3) + 8,
      right: width - BAR - Math.max(numbers, 10) - 46,
      top: 8,
      bottom: height - 36
    };
  }
  /**
   * @param {HeatMap} map
   * @param {Grid} places
   */
  cells(map, { box, place }) {
    const { context: c } = this;
    const rows = map.y.values.length;
    c.fillStyle = this.hatching();
    c.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
    map.values.forEach((value, k) => {
      if (value === null) return;
      const [left, top, wide, high] = place(Math.floor(k / rows), k % rows);
      c.fillStyle = mixed(this.ramp, shareOf(map.colours, map.shades[k] ?? value));
      const [x, y] = [Math.floor(left), Math.floor(top)];
      c.fillRect(x, y, Math.ceil(left + wide) - x, Math.ceil(top + high) - y);
    });
    c.strokeStyle = INK.line;
    c.lineWidth = 1;
    c.strokeRect(box.left - 0.5, box.top - 0.5, box.right - box.left + 1, box.bottom - box.top + 1);
  }
  hatching() {
    const { canvas, context: c } = sheet(16, 16);
    c.fillStyle = INK.page;
    c.fillRect(0, 0, 16, 16);
    c.strokeStyle = INK.hatch;
    c.lineWidth = 1.5;
    for (const shift of [-16, 0, 16]) {
      c.beginPath();
      c.moveTo(shift - 2, 18);
      c.lineTo(shift + 18, -2);
      c.stroke();
    }
    const pattern = (
      /** @type {CanvasPattern} */
      this.context.createPattern(canvas, "repeat")
    );
    pattern.setTransform(new DOMMatrix().scale(0.5));
    return pattern;
  }
  /**
   * @param {HeatMap} map
   * @param {Grid} places
   */
  axes(map, { box, wide, at }) {
    const { context: c } = this;
    c.fillStyle = INK.soft;
    const longest = this.widest(map.x.values);
    c.textAlign = "center";
    const stepX = everyHow(map.x.values.length, (box.right - box.left) / (longest + 8));
    map.x.values.forEach((text, k) => {
      if (k % stepX === 0) c.fillText(text, at(k, 0)[0], box.bottom + 15, Math.max(wide * stepX - 4, 24));
    });
    c.textAlign = "right";
    const stepY = everyHow(map.y.values.length, (box.bottom - box.top) / 15);
    map.y.values.forEach((text, k) => {
      if (k % stepY === 0) c.fillText(text, box.left - 6, at(0, k)[1] + 4, box.left - 24);
    });
    this.title();
    c.fillText(map.x.label, (box.left + box.right) / 2, box.bottom + 31);
    this.upright(map.y.label, 13, box);
  }
  /** Set the font of titles. */
  title() {
    Object.assign(this.context, { fillStyle: INK.ink, font: `12px ${FONT}`, textAlign: "center" });
  }
  /**
   * Write vertically along a box.
   *
   * @param {string} text
   * @param {number} x
   * @param {Box} box
   */
  upright(text, x, { top, bottom }) {
    const c = this.context;
    c.save();
    c.translate(x, (top + bottom) / 2);
    c.rotate(-Math.PI / 2);
    c.fillText(text, 0, 0, bottom - top);
    c.restore();
  }
  /**
   * @param {HeatMap} map
   * @param {Box} box
   * @param {number} width
   */
  legend(map, box, width) {
    const { context: c } = this;
    const left = box.right + 14;
    const height = box.bottom - box.top;
    for (let k = 0; k < height; k += 1) {
      c.fillStyle = mixed(this.ramp, 1 - k / (height - 1));
      c.fillRect(left, box.top + k, BAR, 1.5);
    }
    c.strokeStyle = INK.line;
    c.strokeRect(left - 0.5, box.top - 0.5, BAR + 1, height + 1);
    c.font = `11px ${FONT}`;
    c.textAlign = "left";
    const isEmpty = map.values.every((value) => value === null);
    for (const value of isEmpty ? [] : ticks(map.colours, mostTicks(height))) {
      const y = box.bottom - shareOf(map.colours, value) * height;
      if (!(y >= box.top - 1 && y <= box.bottom + 1)) continue;
      c.fillStyle = INK.soft;
      c.fillRect(left + BAR, y - 0.5, 4, 1);
      c.fillText(written(value), left + BAR + 7, Math.min(Math.max(y + 4, box.top + 8), box.bottom));
    }
    this.title();
    this.upright(`${map.colours.label}${map.colours.log ? ", log" : ""}`, width - 5, box);
  }
  /**
   * @param {string} text
   * @param {number} x
   * @param {number} y
   */
  words(text, x, y) {
    const { context: c } = this;
    c.font = `15px ${FONT}`;
    c.textAlign = "center";
    Object.assign(c, { strokeStyle: INK.paper, lineWidth: 8, lineJoin: "round", fillStyle: INK.soft });
    c.strokeText(text, x, y);
    c.fillText(text, x, y);
  }
};

// heat_map/index.js
var HELP = tr("Arrow keys walk from cell to cell, Enter chooses one.");
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
      spots: map.spots.map((spot) => spot.label).join("; ")
    });
    onSelected();
    if (!tip.hidden) show(pointed());
  }
  function selected() {
    const [column, row] = model.get("selected");
    return { column, row };
  }
  function surround(node, cell) {
    const { map, grid: grid2 } = picture;
    node.hidden = !(cell && map && isInside(map, cell));
    if (node.hidden || !cell || !grid2) return;
    const [left, top, width, height] = grid2.place(cell.column, cell.row);
    Object.assign(node.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
  }
  function onSelected() {
    const { column, row } = selected();
    surround(chosen, { column, row });
    root.dataset.selected = `${column},${row}`;
  }
  function show(cell) {
    const { map, grid: grid2 } = picture;
    surround(outline, cell);
    tip.hidden = outline.hidden;
    if (tip.hidden || !cell || !map || !grid2) return;
    tip.textContent = cellText(map, cell);
    const [left, top, width, height] = grid2.place(cell.column, cell.row);
    const isRight = left + width / 2 > root.clientWidth / 2;
    tip.style.left = isRight ? "" : `${left + width + 6}px`;
    tip.style.right = isRight ? `${root.clientWidth - left + 6}px` : "";
    tip.style.top = `${Math.min(Math.max(top + height / 2 - 20, 0), root.clientHeight - tip.offsetHeight)}px`;
  }
  function hide() {
    tip.hidden = outline.hidden = true;
  }
  function under(event) {
    const { left, top } = root.getBoundingClientRect();
    return picture.grid?.under(event.clientX - left, event.clientY - top) ?? null;
  }
  function pick({ column, row }) {
    model.send({ type: "pick", column, row });
  }
  const pointed = picking(root, on, {
    under,
    next: (key, from) => picture.map && walked(key, picture.map, from, selected()),
    show,
    hide,
    pick
  });
  onSize(root, draw);
  change(["_map", "height", "label"], draw);
  change("selected", onSelected);
  return () => {
    stop();
    theme.stop();
  };
}
var heat_map_default = { render };
export {
  heat_map_default as default
};
