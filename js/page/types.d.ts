// What Voila and JupyterLab keep in the window of a page; for the type check alone.

interface Window {
  voila_process: () => void;
  voila_heartbeat: () => void;
  voila_finish: () => void;
  themeLoaded?: boolean;
  cellLoaded?: boolean;
  jupyterapp: any;
}
