// The browser's half of LiveRegion (live_region.py): one node that stays, as only changes of its text are read out.

function render({ model, el }) {
  const news = el.appendChild(Object.assign(document.createElement("div"), { className: "dwmtj-unseen" }));
  news.setAttribute("role", "status");
  function say() {
    news.textContent = ""; // the same sentence once more is news too
    requestAnimationFrame(() => (news.textContent = model.get("text")));
  }
  model.on("change:_said", say);
  // A text that is there when the page opens is no news.
  return () => model.off("change:_said", say);
}

export default { render };
