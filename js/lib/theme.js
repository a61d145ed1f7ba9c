// Colours of the style sheet (colours.css) for scripts, and changes of the theme.

/**
 * A colour of Python's palette in the present theme, for SVG and styles.
 *
 * @param {string} colour
 */
export const themed = (colour) => (colour.startsWith("#") ? `var(--dwmtj-${colour.slice(1)}, ${colour})` : colour);

/**
 * Colours of Python's palette and names of the style sheet, resolved for a canvas.
 *
 * @param {Element} node
 * @param {string[]} colours
 */
export function resolved(node, colours) {
  const probe = node.appendChild(Object.assign(document.createElement("span"), { hidden: true }));
  const found = colours.map((colour) => {
    probe.style.color = colour.startsWith("#") ? themed(colour) : `var(--dwmtj-${colour})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return found;
}

/**
 * Call back whenever the theme changes; returns a function that stops it.
 *
 * @param {() => void} changed
 */
export function watchTheme(changed) {
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

/**
 * Keeps `inks` in the present theme: `names` has their names in the style sheet. `changed` is called when the theme
 * changes; `update` must be called before drawing, and returns whether colours changed.
 *
 * @param {Element} node
 * @param {Record<string, string>} inks
 * @param {Record<string, string>} names
 * @param {() => void} changed
 */
export function followTheme(node, inks, names, changed) {
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
