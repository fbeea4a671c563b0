// Steps of the browser's history: what a reader does is one step, whatever it changes in the address.
//
// Streamlit writes each parameter of the address by itself, some as steps of their own, in an order
// that differs from time to time. Here the first change after a key or a pointer is the step, and all
// that follow belong to it. What is typed into one text field is one step, however often the search
// begins meanwhile. It runs before Streamlit does, inside the first page.

{
  let isNext = false; // whether the next change of the address is a step
  /** @type {EventTarget | null} */
  let field = null; // the text field in which the reader is typing
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);

  /**
   * @param {unknown} state
   * @param {string} title
   * @param {string | URL | null} [address]
   */
  const change = (state, title, address) => {
    const isOther = new URL(address ?? "", location.href).href !== location.href;
    if (!isNext || !isOther) {
      replace(state, title, address);
      return;
    }
    isNext = false;
    push(state, title, address);
  };

  history.pushState = change;
  history.replaceState = change;

  /** @param {EventTarget | null} typedIn a text field, null for any other act */
  const act = (typedIn) => {
    if (!typedIn || typedIn !== field) isNext = true;
    field = typedIn;
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
  addEventListener("popstate", () => {
    isNext = false;
    field = null;
  });
}
