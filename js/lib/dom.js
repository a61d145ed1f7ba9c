// Elements, attributes and listeners of the views.

export function element(parent, tag, className, properties = {}) {
  return parent.appendChild(Object.assign(document.createElement(tag), { className }, properties));
}

export const setAttributes = (node, attributes) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
};

/** Listeners of one view, and one call that ends them all. */
export function listeners(model) {
  const abort = new AbortController();
  const { signal } = abort;
  const on = (target, type, handler, options = {}) => target.addEventListener(type, handler, { signal, ...options });
  const watch = (event, handler) => {
    model.on(event, handler);
    signal.addEventListener("abort", () => model.off(event, handler));
  };
  /** Call back when the size of an element in the page is first known or changes, or that of the screen's pixels. */
  const onSize = (node, handler) => {
    const sizes = new ResizeObserver(handler);
    sizes.observe(node);
    signal.addEventListener("abort", () => sizes.disconnect());
    const follow = () => {
      const query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
      const changed = () => (follow(), handler());
      query.addEventListener("change", changed, { signal, once: true });
    };
    follow();
  };
  return { on, watch, onSize, stop: () => abort.abort() };
}

/** A name that no other view has. */
export const viewName = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
