// Elements, attributes and listeners of the views.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Append an element.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Element} parent
 * @param {Tag} tag
 * @param {string} className
 * @param {Record<string, unknown>} properties
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(parent, tag, className, properties = {}) {
  return parent.appendChild(Object.assign(document.createElement(tag), { className }, properties));
}

/**
 * Make an SVG element.
 *
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} attributes
 * @param {string} text
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svgElement(tag, attributes = {}, text = "") {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (text) made.textContent = text;
  return made;
}

/**
 * Set attributes whose value differs; setting an equal value would make screen readers repeat it.
 *
 * @param {Element} node
 * @param {Record<string, string>} attributes
 */
export function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
}

/**
 * Listeners of one view, all removed by one call.
 *
 * @param {Model} model
 */
export function listeners(model) {
  const abort = new AbortController();
  const { signal } = abort;

  /**
   * Listen to an element.
   *
   * @param {EventTarget} target
   * @param {string} type
   * @param {(event: any) => void} handler
   * @param {AddEventListenerOptions} options
   */
  function on(target, type, handler, options = {}) {
    target.addEventListener(type, handler, { signal, ...options });
  }

  /**
   * Listen to messages of Python.
   *
   * @param {string} event
   * @param {(...news: any[]) => void} handler
   */
  function watch(event, handler) {
    model.on(event, handler);
    signal.addEventListener("abort", () => model.off(event, handler));
  }

  /**
   * Call handlers, one after the other, when one of these traits changes.
   *
   * @param {string | string[]} traits
   * @param {(() => void)[]} handlers
   */
  function change(traits, ...handlers) {
    const all = () => {
      for (const handler of handlers) handler();
    };
    for (const trait of [traits].flat()) watch(`change:${trait}`, all);
  }

  /**
   * Call back when the size of an element in the page is first known or changes, or when the pixel ratio changes.
   *
   * @param {Element} node
   * @param {() => void} handler
   */
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

/** A unique name of a view. */
export const viewName = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
