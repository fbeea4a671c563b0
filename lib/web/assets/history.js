// Steps of the browser's history: what a reader does is one step, whatever it changes in the address.
//
// Streamlit writes each parameter of the address by itself, some as steps of their own, in an order
// that differs from time to time. Here the first change after a key or a pointer is the step, and all
// that follow belong to it. What is typed into one text field is one step, however often the search
// begins meanwhile. Back and Forward lead to the place in the page, too, at which a step was left. It runs
// before Streamlit does, inside the first page.

{
  const RETURNING = 4000; // milliseconds within which a page has its height again
  let isNext = false; // whether the next change of the address is a step
  /** @type {EventTarget | null} */
  let field = null; // the text field in which the reader is typing
  let acts = 0; // of the reader
  /** @type {Map<number, number>} step → how far the page was scrolled when it was left */
  const places = new Map();
  let step = stepOf(history.state);
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);

  /** @param {unknown} state of a step */
  function stepOf(state) {
    return state instanceof Object && "step" in state ? Number(state.step) : 0;
  }

  const scroller = () => document.querySelector("[data-testid=stMain]");

  let placeOfAct = 0; // when the step follows, the page may have begun to change

  const placeNow = () => scroller()?.scrollTop ?? 0;

  /**
   * While the page is drawn its height changes, so it is scrolled again until the reader does something.
   * @param {number} place
   */
  const returnTo = (place) => {
    const actsBefore = acts;
    const end = performance.now() + RETURNING;
    const again = () => {
      const page = scroller();
      if (acts !== actsBefore || performance.now() > end) return;
      if (page && page.scrollTop !== place) page.scrollTop = place;
      requestAnimationFrame(again);
    };
    again();
  };

  /**
   * @param {object | null} state
   * @param {string} title
   * @param {string | URL | null} [address]
   */
  const change = (state, title, address) => {
    const isOther = new URL(address ?? "", location.href).href !== location.href;
    if (!isNext || !isOther) {
      replace({ ...state, step }, title, address);
      return;
    }
    isNext = false;
    places.set(step, placeOfAct);
    step += 1;
    push({ ...state, step }, title, address);
  };

  history.pushState = change;
  history.replaceState = change;

  /** @param {EventTarget | null} typedIn a text field, null for any other act */
  const act = (typedIn) => {
    if (!typedIn || typedIn !== field) isNext = true;
    field = typedIn;
    acts += 1;
    placeOfAct = placeNow();
  };

  addEventListener("pointerdown", () => act(null), true);
  addEventListener(
    "keydown",
    ({ target }) => {
      const isText = target instanceof HTMLInputElement && target.type === "text";
      act(isText ? target : null);
    },
    true,
  );
  for (const kind of ["wheel", "touchmove"])
    addEventListener(kind, () => (acts += 1), { capture: true, passive: true });
  addEventListener("popstate", ({ state }) => {
    isNext = false;
    field = null;
    places.set(step, placeNow());
    step = stepOf(state);
    returnTo(places.get(step) ?? 0);
  });
}
