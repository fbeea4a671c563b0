// What Streamlit's front end says by itself, in the language that the page has at the time.
//
// The server puts this function's name in front of the literals that have a word of ours
// (lib/web/server/edited.py): Streamlit's `Press Enter to ${…}` asks here for "Press Enter to {}".
// Scripts of ours that come after it ask for our texts by their keys. It runs before Streamlit does, inside the first page.

{
  const table = /** @type {HTMLElement} */ (document.getElementById("words"));
  /** @type {Record<string, Record<string, string>>} language → literal → word */
  const words = JSON.parse(table.textContent ?? "");

  globalThis.boardWord = (literal, ...values) => {
    const english = literal.join("{}");
    const word = words[document.documentElement.lang]?.[english] ?? english;
    return word.replaceAll("{}", () => String(values.shift()));
  };

  // Chosen, the language is the page's at once: what Streamlit draws with the run has its words
  const CHOSEN = '.st-key-lang_shown [aria-checked="true"]';
  const follow = () => {
    const chosen = document.querySelector(CHOSEN)?.textContent?.trim();
    const language = Object.keys(words).find((code) => words[code]["app.language"] === chosen);
    if (language) document.documentElement.lang = language;
  };
  new MutationObserver(follow).observe(document, {
    subtree: true,
    attributeFilter: ["aria-checked"],
  });

  // React Aria, which Streamlit draws with, would speak the browser's language to a screen reader
  Object.defineProperty(globalThis, Symbol.for("react-aria.i18n.locale"), {
    get: () => document.documentElement.lang,
  });
}
