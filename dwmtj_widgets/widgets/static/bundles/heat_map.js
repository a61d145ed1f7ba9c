// Made from js/ by `npm --prefix js run build`. Do not edit.

// lib/i18n.js
var texts = typeof TEXTS === "undefined" ? {} : TEXTS;
var tr = (text) => texts[text] ?? text;
var fill = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);

// lib/scale.js
var number = (value) => Number(value.toPrecision(4)).toString().replaceAll("-", "−");
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
  const rough = (scale.high - scale.low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((digit) => digit * power >= rough * 0.9999);
  const even = multiples(scale, step);
  return even.length > 1 || most > 100 ? even : ticks(scale, 2 * most);
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
function followTheme(node, inks, names, changed) {
  let isStale = true;
  let scheme = "";
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const look = () => `${dark.matches} ${document.body.dataset.jpThemeLight}`;
  function follow() {
    if (look() === scheme) return;
    scheme = look();
    isStale = true;
    changed();
  }
  function update() {
    if (!isStale || !node.isConnected) return false;
    isStale = false;
    const values = resolved(node, Object.values(names));
    Object.keys(names).forEach((name, k) => {
      inks[name] = values[k];
    });
    return true;
  }
  scheme = look();
  const watcher = new MutationObserver(follow);
  watcher.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  dark.addEventListener("change", follow);
  function stop() {
    watcher.disconnect();
    dark.removeEventListener("change", follow);
  }
  return { update, stop };
}

// heat_map/index.js
var HELP = tr("Arrow keys walk from cell to cell, Enter chooses one.");
var FONT = 'system-ui, "Segoe UI", Roboto, sans-serif';
var INK = {};
var INK_NAMES = { ink: "ink", soft: "soft", line: "axis", paper: "paper", page: "page", hatch: "hatch" };
var DARK = "#1b2733";
var BAR = 14;
var rgb = (colour) => [1, 3, 5].map((k) => parseInt(colour.slice(k, k + 2), 16));
function mixed(ramp, share) {
  const place = Math.min(Math.max(share, 0), 1) * (ramp.length - 1);
  const k = Math.min(Math.floor(place), ramp.length - 2);
  const [from, to] = [rgb(ramp[k]), rgb(ramp[k + 1])];
  return `rgb(${from.map((v, i) => Math.round(v + (place - k) * (to[i] - v))).join(" ")})`;
}
function everyHow(count, room) {
  return [1, 2, 5, 10, 20, 50, 100].find((n) => Math.ceil(count / n) <= room) ?? count;
}
var Picture = class {
  constructor(canvas, ramp) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d", { alpha: false });
    this.ramp = ramp;
  }
  share(value) {
    const { low, high, log } = this.map.colours;
    const f = log ? Math.log : (v) => v;
    return (f(value) - f(low)) / (f(high) - f(low));
  }
  draw(map, width, height) {
    this.map = map;
    const ratio = Math.max(window.devicePixelRatio || 1, 2);
    Object.assign(this.canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    const c = this.context;
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.fillStyle = INK.paper;
    c.fillRect(0, 0, width, height);
    c.font = `11px ${FONT}`;
    const widest = Math.max(...map.y.values.map((text) => c.measureText(text).width));
    const least = ticks(map.colours, Math.max(2, height / 60)).map((v) => c.measureText(number(v)).width);
    this.box = {
      left: (map.y.label ? 20 : 4) + Math.min(widest, width / 3) + 8,
      right: width - BAR - Math.max(...least, 10) - 46,
      top: 8,
      bottom: height - 36
    };
    const { box } = this;
    this.cell = [(box.right - box.left) / map.x.values.length, (box.bottom - box.top) / map.y.values.length];
    this.cells();
    this.axes();
    this.legend(width);
    for (const spot of map.spots) this.spot(spot);
    if (map.message) this.words(map.message, (box.left + box.right) / 2, box.top + 0.22 * (box.bottom - box.top), 15);
  }
  /** Left, top, width and height of a cell. */
  place(column, row) {
    const {
      box,
      cell: [wide, high]
    } = this;
    return [box.left + column * wide, box.bottom - (row + 1) * high, wide, high];
  }
  /** Where a number of steps is in pixels. */
  at(x, y) {
    const {
      box,
      cell: [wide, high]
    } = this;
    return [box.left + (x + 0.5) * wide, box.bottom - (y + 0.5) * high];
  }
  cells() {
    const { context: c, map, box } = this;
    const rows = map.y.values.length;
    c.fillStyle = this.hatching();
    c.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
    map.values.forEach((value, k) => {
      if (value === null) return;
      const [left, top, wide, high] = this.place(Math.floor(k / rows), k % rows);
      c.fillStyle = mixed(this.ramp, this.share(map.shades[k] ?? value));
      const [x, y] = [Math.floor(left), Math.floor(top)];
      c.fillRect(x, y, Math.ceil(left + wide) - x, Math.ceil(top + high) - y);
    });
    c.strokeStyle = INK.line;
    c.lineWidth = 1;
    c.strokeRect(box.left - 0.5, box.top - 0.5, box.right - box.left + 1, box.bottom - box.top + 1);
  }
  hatching() {
    const tile = new OffscreenCanvas(16, 16);
    const c = tile.getContext("2d");
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
    const pattern = this.context.createPattern(tile, "repeat");
    pattern.setTransform(new DOMMatrix().scale(0.5));
    return pattern;
  }
  axes() {
    const {
      context: c,
      map,
      box,
      cell: [wide, high]
    } = this;
    c.fillStyle = INK.soft;
    c.font = `11px ${FONT}`;
    const longest = Math.max(...map.x.values.map((text) => c.measureText(text).width));
    c.textAlign = "center";
    const stepX = everyHow(map.x.values.length, (box.right - box.left) / (longest + 8));
    map.x.values.forEach((text, k) => {
      if (k % stepX === 0) c.fillText(text, this.at(k, 0)[0], box.bottom + 15, Math.max(wide * stepX - 4, 24));
    });
    c.textAlign = "right";
    const stepY = everyHow(map.y.values.length, (box.bottom - box.top) / 15);
    map.y.values.forEach((text, k) => {
      if (k % stepY === 0) c.fillText(text, box.left - 6, this.at(0, k)[1] + 4, box.left - 24);
    });
    c.fillStyle = INK.ink;
    c.font = `12px ${FONT}`;
    c.textAlign = "center";
    c.fillText(map.x.label, (box.left + box.right) / 2, box.bottom + 31);
    this.upright(map.y.label, 13, (box.top + box.bottom) / 2, box.bottom - box.top);
  }
  upright(text, x, y, room) {
    const c = this.context;
    c.save();
    c.translate(x, y);
    c.rotate(-Math.PI / 2);
    c.fillText(text, 0, 0, room);
    c.restore();
  }
  legend(width) {
    const { context: c, map, box } = this;
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
    for (const value of map.values.some((v) => v !== null) ? ticks(map.colours, Math.max(2, height / 60)) : []) {
      const y = box.bottom - this.share(value) * height;
      if (!(y >= box.top - 1 && y <= box.bottom + 1)) continue;
      c.fillStyle = INK.soft;
      c.fillRect(left + BAR, y - 0.5, 4, 1);
      c.fillText(number(value), left + BAR + 7, Math.min(Math.max(y + 4, box.top + 8), box.bottom));
    }
    c.fillStyle = INK.ink;
    c.font = `12px ${FONT}`;
    c.textAlign = "center";
    this.upright(
      `${map.colours.label}${map.colours.log ? ", log" : ""}`,
      width - 5,
      (box.top + box.bottom) / 2,
      height
    );
  }
  spot({ x, y, label, shape, box: frame }) {
    const { context: c } = this;
    if (frame) {
      const [left, , , high] = this.place(frame[0], frame[2]);
      const [right, top, wide] = this.place(frame[1], frame[3]);
      const bottom = this.place(frame[0], frame[2])[1] + high;
      for (const [colour, thick, dash] of [
        ["#ffffff", 3.5, []],
        [DARK, 1.8, [6, 4]]
      ]) {
        Object.assign(c, { strokeStyle: colour, lineWidth: thick });
        c.setLineDash(dash);
        c.strokeRect(left + 2, top + 2, right + wide - left - 4, bottom - top - 4);
      }
      c.setLineDash([]);
    }
    const [at, up] = this.at(x, y);
    c.beginPath();
    if (shape === "diamond") {
      for (const [dx, dy] of [
        [0, -9],
        [8, 0],
        [0, 9],
        [-8, 0]
      ])
        c.lineTo(at + dx, up + dy);
      c.closePath();
    } else {
      c.arc(at, up, 6.5, 0, 2 * Math.PI);
    }
    const styles = shape === "diamond" ? [
      [DARK, 4],
      ["#ffffff", 1.5]
    ] : [
      [DARK, 5.5],
      ["#ffffff", 2.5]
    ];
    if (shape === "diamond") {
      c.fillStyle = "#ffffff";
      c.fill();
    }
    for (const [colour, thick] of styles) {
      Object.assign(c, { strokeStyle: colour, lineWidth: thick });
      c.stroke();
    }
    this.tag(label, at, up);
  }
  /** A name beside a mark, on the side where there is room. */
  tag(text, x, y) {
    const { context: c, box } = this;
    if (!text) return;
    c.font = `600 11px ${FONT}`;
    const wide = c.measureText(text).width + 8;
    const left = x + 12 + wide > box.right ? x - 12 - wide : x + 12;
    c.fillStyle = "rgb(255 255 255 / 88%)";
    c.beginPath();
    c.roundRect(left, y - 8, wide, 16, 4);
    c.fill();
    c.fillStyle = DARK;
    c.textAlign = "left";
    c.fillText(text, left + 4, y + 4);
  }
  words(text, x, y, size) {
    const { context: c } = this;
    c.font = `${size}px ${FONT}`;
    c.textAlign = "center";
    Object.assign(c, { strokeStyle: INK.paper, lineWidth: 8, lineJoin: "round", fillStyle: INK.soft });
    c.strokeText(text, x, y);
    c.fillText(text, x, y);
  }
  /** The cell under a place, or null. */
  under(x, y) {
    const { box, cell, map } = this;
    if (!map || x < box.left || x >= box.right || y <= box.top || y > box.bottom) return null;
    const column = Math.min(Math.floor((x - box.left) / cell[0]), map.x.values.length - 1);
    return { column, row: Math.min(Math.floor((box.bottom - y) / cell[1]), map.y.values.length - 1) };
  }
  text({ column, row }) {
    const { x, y, colours, values, low, high, notes } = this.map;
    const k = column * y.values.length + row;
    const named = (axis, at) => axis.symbol ? `${axis.symbol} = ${axis.values[at]}${axis.unit ? ` ${axis.unit}` : ""}` : "";
    const where = [named(x, column), named(y, row)].filter(Boolean).join(", ");
    if (values[k] === null) return fill(tr("{where}: not measured yet"), { where });
    const unit = colours.unit ? ` ${colours.unit}` : "";
    const range = (low[k] ?? null) === null || (high[k] ?? null) === null ? "" : fill(tr(", 95 %: {low} to {high}"), { low: number(low[k]), high: number(high[k]) });
    return `${where}: ${number(values[k])}${unit}${range}${notes[k] ? `, ${notes[k]}` : ""}`;
  }
};
function render({ model, el }) {
  const make = (tag, className) => {
    const made = document.createElement(tag);
    made.className = className;
    return made;
  };
  const root = el.appendChild(make("div", "dwmtj-heat-map"));
  root.tabIndex = 0;
  root.setAttribute("role", "application");
  const canvas = root.appendChild(make("canvas", ""));
  const outline = root.appendChild(make("div", "cell walked"));
  const chosen = root.appendChild(make("div", "cell selected"));
  const tip = root.appendChild(make("div", "tip"));
  tip.setAttribute("role", "status");
  chosen.hidden = outline.hidden = tip.hidden = true;
  const picture = new Picture(canvas, model.get("_ramp"));
  const theme = followTheme(root, INK, INK_NAMES, () => draw());
  let walked = null;
  function draw() {
    const map = model.get("_map");
    root.setAttribute("aria-label", `${model.get("label")}. ${HELP}`);
    root.style.height = model.get("height") ? `${model.get("height")}px` : "";
    root.classList.toggle("fills", !model.get("height"));
    const { clientWidth: width, clientHeight: height } = root;
    if (!map.x || width < 120 || height < 90) return;
    theme.update();
    picture.draw(map, width, height);
    const known = map.values.filter((v) => v !== null);
    Object.assign(root.dataset, {
      columns: map.x.values.length,
      rows: map.y.values.length,
      cells: known.length,
      values: map.values.map((v) => v ?? "").join(),
      spots: map.spots.map((s) => s.label).join("; ")
    });
    onSelected();
    if (!tip.hidden) show(walked);
  }
  function outlined(node, at) {
    const map = picture.map;
    const inside = at && map && at.column >= 0 && at.row >= 0 && at.column < map.x.values.length && at.row < map.y.values.length;
    node.hidden = !inside;
    if (!inside) return;
    const [left, top, width, height] = picture.place(at.column, at.row);
    Object.assign(node.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
  }
  function onSelected() {
    const [column, row] = model.get("selected");
    outlined(chosen, { column, row });
    root.dataset.selected = `${column},${row}`;
  }
  function show(at) {
    outlined(outline, at);
    tip.hidden = outline.hidden;
    if (tip.hidden) return;
    tip.textContent = picture.text(at);
    const [left, top, width, height] = picture.place(at.column, at.row);
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
    return picture.under(event.clientX - left, event.clientY - top);
  }
  function pick({ column, row }) {
    model.send({ type: "pick", column, row });
  }
  root.addEventListener("pointermove", (event) => {
    walked = under(event);
    root.style.cursor = walked ? "pointer" : "";
    show(walked);
  });
  root.addEventListener("pointerleave", hide);
  root.addEventListener("blur", hide);
  root.addEventListener("click", (event) => {
    const at = under(event);
    if (at) {
      walked = at;
      show(at);
      pick(at);
    }
  });
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !picture.map) return;
    if (event.key === "Enter" && walked) {
      event.preventDefault();
      pick(walked);
      return;
    }
    if (event.key === "Escape") {
      hide();
      return;
    }
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key] ?? [
      0,
      0
    ];
    if (!dx && !dy) return;
    event.preventDefault();
    const [columns, rows] = [picture.map.x.values.length, picture.map.y.values.length];
    const [column, row] = model.get("selected");
    const from = walked ?? (column >= 0 ? { column: column - dx, row: row - dy } : { column: -dx, row: -dy });
    const into = (value, count) => Math.min(Math.max(value, 0), count - 1);
    walked = { column: into(from.column + dx, columns), row: into(from.row + dy, rows) };
    show(walked);
  });
  const watcher = new ResizeObserver(draw);
  watcher.observe(root);
  const watched = { _map: draw, height: draw, label: draw, selected: onSelected };
  for (const [name, handler] of Object.entries(watched)) model.on(`change:${name}`, handler);
  return () => {
    watcher.disconnect();
    theme.stop();
    for (const [name, handler] of Object.entries(watched)) model.off(`change:${name}`, handler);
  };
}
var heat_map_default = { render };
export {
  heat_map_default as default
};
