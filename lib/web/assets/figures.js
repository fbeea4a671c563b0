// A menu of each figure's own: its picture, with what it says drawn onto it, and full screen.
//
// It adds the menu to each figure that Streamlit draws, and runs inside the first page, so that it is
// not sent with every run.

{
  const FIGURES = '[class*="st-key-figure_"]';

  // --- the menu ----------------------------------------------------------------------------------

  /** @param {HTMLElement} figure */
  function addMenu(figure) {
    const menu = document.createElement("div");
    const button = document.createElement("button");
    const list = document.createElement("div");
    menu.className = "figure_menu";
    button.type = "button";
    button.textContent = "⋯";
    button.setAttribute("aria-haspopup", "menu");
    list.setAttribute("role", "menu");

    /** @param {boolean} isOpen */
    const show = (isOpen) => {
      list.hidden = !isOpen;
      button.setAttribute("aria-expanded", `${isOpen}`);
    };

    const close = () => {
      show(false);
      button.focus();
    };

    button.onclick = () => {
      show(list.hidden);
      list.replaceChildren(...items(figure, button, close));
      if (!list.hidden) focusOn(list.firstElementChild);
    };
    menu.onkeydown = (event) => {
      if (list.hidden) return;
      if (event.key === "Escape") {
        close();
      } else if (event.key in STEPS) {
        event.preventDefault();
        goOn(list, STEPS[event.key]);
      }
    };
    menu.onmousedown = (event) => event.preventDefault(); // Safari would take the focus away
    menu.addEventListener("focusout", ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && menu.contains(relatedTarget))) show(false);
    });

    show(false);
    label(button);
    menu.append(button, list);
    figure.append(menu);
  }

  /** @param {HTMLElement} button of a menu */
  function label(button) {
    button.title = globalThis.boardWord`figure_menu.title`;
    button.setAttribute("aria-label", button.title);
  }

  /** @type {Record<string, number>} key → how many items it goes on */
  const STEPS = { ArrowDown: 1, ArrowUp: -1 };

  /**
   * @param {HTMLElement} list
   * @param {number} step
   */
  function goOn(list, step) {
    const all = [...list.children];
    const here = all.indexOf(/** @type {Element} */ (document.activeElement));
    focusOn(all[(here + step + all.length) % all.length]);
  }

  /** @param {Element | null} element */
  function focusOn(element) {
    if (element instanceof HTMLElement) element.focus();
  }

  /**
   * @param {HTMLElement} figure
   * @param {HTMLElement} button of the menu, which gets the focus back
   * @param {() => void} close
   */
  function items(figure, button, close) {
    const all = [item(globalThis.boardWord`figure_menu.picture`, () => savePicture(figure))];
    if (document.fullscreenEnabled) {
      all.push(
        item(globalThis.boardWord`figure_menu.full_screen`, () => figure.requestFullscreen()),
      );
      figure.onfullscreenchange = () => {
        enlarge(figure);
        button.focus();
      };
    }
    for (const each of all) each.addEventListener("click", close);
    return all;
  }

  /**
   * @param {string} label
   * @param {() => void} act
   */
  function item(label, act) {
    const element = document.createElement("button");
    element.type = "button";
    element.tabIndex = -1;
    element.setAttribute("role", "menuitem");
    element.textContent = label;
    element.addEventListener("click", act);
    return element;
  }

  // --- full screen -------------------------------------------------------------------------------

  const LARGEST = 3; // times
  const NARROWEST = 640; // pixels that a figure keeps, whatever it is enlarged by
  const AROUND = 140; // pixels of the heading and the edges
  const MEASURED = 150; // milliseconds after which Streamlit has measured a figure's new width

  /**
   * As large as the screen, type and all. Streamlit measures a figure as it is seen, so it first gets
   * the width that it is to be drawn in, and is enlarged when it has been measured.
   * @param {HTMLElement} figure
   */
  function enlarge(figure) {
    const isFull = document.fullscreenElement === figure;
    const height = figure.querySelector(".js-plotly-plot")?.clientHeight ?? 1;
    const factors = [(screen.height - AROUND) / height, screen.width / NARROWEST, LARGEST];
    const factor = isFull ? Math.max(1, Math.min(...factors)) : 1;
    figure.style.setProperty("--drawn-at", `${1 / factor}`);
    figure.style.setProperty("--enlarged", "1");
    setTimeout(() => figure.style.setProperty("--enlarged", `${factor}`), MEASURED);
  }

  // --- the picture -------------------------------------------------------------------------------

  const SCALE = 2; // pixels of the picture for one of the screen
  const MARGIN = 24;
  const LONGEST_NAME = 80; // characters of a file's name, with its ending
  const ENDING = ".png";

  /** @param {HTMLElement} figure */
  async function savePicture(figure) {
    const finding = figure.querySelector("h3")?.textContent ?? "";
    const scope = document.querySelector(".st-key-scope")?.textContent?.trim() ?? "";
    const canvas = await picture(figure, finding, scope);
    const link = document.createElement("a");
    link.href = canvas.toDataURL("image/png");
    link.download = fileName([finding, ...scope.split(" · ")]);
    link.click();
  }

  /**
   * The figure on white, in the colours of the light theme, with words above it.
   * @param {HTMLElement} figure
   * @param {string} finding
   * @param {string} scope
   */
  async function picture(figure, finding, scope) {
    const layers = [...figure.querySelectorAll("svg.main-svg:not(:has(> .hoverlayer))")];
    const { width, height } = layers[0].getBoundingClientRect();
    const family = getComputedStyle(figure).fontFamily;
    const canvas = document.createElement("canvas");
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const lines = [
      ...wrapped(pen, finding, `bold 17px ${family}`, 26, width),
      ...wrapped(pen, scope, `13px ${family}`, 20, width),
    ];
    const top = MARGIN + lines.reduce((sum, line) => sum + line.height, MARGIN / 2);
    canvas.width = (width + 2 * MARGIN) * SCALE;
    canvas.height = (top + height + MARGIN) * SCALE;
    pen.scale(SCALE, SCALE);
    pen.fillStyle = "white";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = "black";
    pen.textBaseline = "top";
    let below = MARGIN;
    for (const line of lines) {
      pen.font = line.font;
      pen.fillText(line.text, MARGIN, below);
      below += line.height;
    }
    for (const image of await Promise.all(layers.map(drawn))) pen.drawImage(image, MARGIN, top);
    return canvas;
  }

  /**
   * A drawing as an image: without the page's style sheets, which only know the theme.
   * @param {Element} layer
   */
  async function drawn(layer) {
    const source = new XMLSerializer().serializeToString(layer);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
    await image.decode();
    return image;
  }

  /**
   * A text in lines that fit: broken between words, and between Chinese characters.
   * @param {CanvasRenderingContext2D} pen
   * @param {string} text
   * @param {string} font
   * @param {number} height of a line
   * @param {number} width
   */
  function wrapped(pen, text, font, height, width) {
    pen.font = font;
    const lines = [""];
    for (const part of text.match(/[\x21-\x7e]+\s*|\s+|./gsu) ?? []) {
      const last = lines.length - 1;
      if (lines[last] && pen.measureText(lines[last] + part.trimEnd()).width > width) {
        lines.push(part);
      } else {
        lines[last] += part;
      }
    }
    return lines.map((line) => ({ text: line, font, height }));
  }

  /**
   * What the picture says, in a name that Windows takes; of what is too long, the longest is cut.
   * @param {string[]} parts
   */
  function fileName(parts) {
    const words = parts.map(allowed).filter(Boolean);
    let longest = LONGEST_NAME;
    let name = "";
    do {
      name = words.map((part) => cut(part, longest)).join(" ") + ENDING;
      longest -= 1;
    } while ([...name].length > LONGEST_NAME);
    return name;
  }

  /**
   * @param {string} text
   * @param {number} longest
   */
  function cut(text, longest) {
    const characters = [...text];
    return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : text;
  }

  /**
   * Without what no file's name may have on Windows.
   * @param {string} text
   */
  function allowed(text) {
    return text
      .replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, " ")
      .replaceAll(/\s+/g, " ")
      .trim();
  }

  // --- on each figure ----------------------------------------------------------------------------

  const drawings = document.getElementsByClassName("main-svg"); // it lives: the page is not searched
  /** @type {WeakSet<Element>} */
  const known = new WeakSet();

  function addMenus() {
    for (const drawing of drawings) {
      if (known.has(drawing)) continue;
      known.add(drawing);
      /** @type {HTMLElement | null} */
      const figure = drawing.closest(FIGURES);
      if (figure && !figure.querySelector(":scope > .figure_menu")) addMenu(figure);
    }
  }

  new MutationObserver(addMenus).observe(document, { childList: true, subtree: true });

  /** In the language of now. */
  function labelMenus() {
    /** @type {NodeListOf<HTMLElement>} */
    const buttons = document.querySelectorAll(".figure_menu > button");
    buttons.forEach(label);
  }

  new MutationObserver(labelMenus).observe(document.documentElement, { attributeFilter: ["lang"] });
}
