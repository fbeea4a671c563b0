// Runs in a page from its first moment and tells when it is fully drawn, and when charts were drawn
// again: see browser.py. `window.__bench` is what Python asks.
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const all = (css) => [...document.querySelectorAll(css)];
  const bench = (window.__bench = { pressed: 0, since: 0, charts: 0, redrawn: 0, last: 0, drawn: false });
  const marks = '.trace path, .trace rect, .trace image, .hm image, .annotation, .shapelayer path, .slice path';

  const hook = (plot) => {
    if (plot.__bench || typeof plot.on !== 'function') return;
    plot.__bench = { count: 0, last: 0 };
    plot.on('plotly_afterplot', () => { plot.__bench.count += 1; plot.__bench.last = now(); });
    if (plot.querySelector(marks)) { plot.__bench.count = 1; plot.__bench.last = now(); }
  };
  const isDrawn = (plot) => plot.__bench && plot.querySelector('.main-svg') && plot.querySelector(marks);
  const isDone = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (!app || app.dataset.testScriptState !== 'notRunning') return false;
    if (app.dataset.testConnectionState !== 'CONNECTED') return false;
    if (document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]')) return false;
    const plots = all('.js-plotly-plot');
    if (plots.length < all('[data-testid="stPlotlyChart"]').length || !plots.every(isDrawn)) return false;
    return all('[data-testid="stDataFrame"]').every((table) => table.querySelector('canvas'));
  };
  const look = () => {
    const plots = all('.js-plotly-plot');
    plots.forEach(hook);
    const done = isDone();
    if (done && !bench.drawn) bench.since = now();
    bench.drawn = done;
    const known = plots.filter((plot) => plot.__bench);
    bench.charts = plots.length;
    bench.redrawn = known.filter((plot) => plot.__bench.count > 0).length;
    bench.last = Math.max(0, ...known.map((plot) => plot.__bench.last));
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  // The last press before a redrawing is the one that asked for it: opening a select box draws no chart.
  addEventListener('pointerdown', () => {
    bench.pressed = now();
    all('.js-plotly-plot').forEach((plot) => { if (plot.__bench) { plot.__bench.count = 0; plot.__bench.last = 0; } });
    bench.redrawn = bench.last = 0;
  }, true);

  bench.settled = (charts, quiet) => {
    const end = Math.max(bench.since, bench.last);
    return bench.drawn && bench.charts >= charts && now() - end > quiet ? end : 0;
  };
  bench.answered = (quiet, patience) => {
    const waited = now() - bench.pressed;
    if (!bench.drawn || !bench.redrawn || now() - bench.last < quiet) return null;
    if (bench.redrawn < bench.charts && waited < patience) return null;
    return { ms: bench.last - bench.pressed, redrawn: bench.redrawn, charts: bench.charts };
  };
})();
