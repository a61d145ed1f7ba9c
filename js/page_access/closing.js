// Release of widgets that Python closes.

/**
 * Release a model and its views when it is closed.
 *
 * JupyterLab (4.6) keeps the comm of every widget for as long as the page has its kernel, with it the model that the
 * comm calls, and with that its last view, which is what the model's `state_change` promises.
 *
 * @param {any} model of ipywidgets
 */
function letGo(model) {
  const comm = model.comm?.jsServicesComm;
  model.once("destroy", () => {
    if (comm) comm.onMsg = comm.onClose = undefined;
    // The tooltip of a bqplot figure (0.13) still listens to the window after its view was removed.
    model.state_change.then((/** @type {any} */ view) => view?.popper?.destroy());
    model.state_change = Promise.resolve(model);
  });
}

/**
 * Release all models that Python is about to close.
 *
 * @param {Model} model of PageAccess
 */
export function letGoOfClosed(model) {
  const manager = model.widget_manager;
  model.on("msg:custom", ({ type, models }) => {
    if (type !== "closing") return;
    // A page that came later than some widgets may not have them.
    for (const id of models) if (manager.has_model(id)) manager.get_model(id).then(letGo);
  });
}
