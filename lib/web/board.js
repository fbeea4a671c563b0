// Copy the address, and tell the browser the page's language. On plain http from another host there is no clipboard
// API; the old command does there.
const PAPER = 1030, HIGH = 700; // A4 landscape within its margins, in CSS pixels
const SMALLEST = 0.6; // what would have to be smaller to stand on one sheet is cut instead

// Charts and tables keep the width that they have on the screen, so the page is scaled as a whole to fit the paper,
// and a chart that is somewhat higher than a sheet (with the headline above it) once more.
function fit() {
  const width = document.querySelector(".stMainBlockContainer")?.clientWidth ?? PAPER;
  document.documentElement.style.setProperty("--screen-width", `${width}px`);
  const scale = Math.min(1, PAPER / width);
  document.documentElement.style.setProperty("--paper-scale", scale);
  for (const figure of document.querySelectorAll('[class*="st-key-figure_"]')) {
    const fitting = (HIGH / scale - 90) / figure.scrollHeight;
    figure.style.setProperty("--fitting", fitting < SMALLEST ? 1 : Math.min(1, fitting));
  }
}
addEventListener("beforeprint", fit);

// Plotly would hold the page while a finger moves over a chart. A tap reaches it as the mouse's click that follows.
function pass(event) {
  if (event.target.closest?.("[class*='st-key-figure_']")) event.stopPropagation();
}
addEventListener("touchstart", pass, { capture: true, passive: true });

export default function ({ parentElement, data }) {
  document.documentElement.lang = data.lang;
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
    } catch {
      const field = document.createElement("textarea");
      field.value = location.href;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    button.textContent = data.done;
    setTimeout(() => (button.textContent = data.label), 2000);
  };
}
