// What words.js gives to the scripts that come after it in the first page, and page.js to all components.

export {};

declare global {
  var boardCopy: (text: string) => Promise<void>;
  var boardWord: (literal: TemplateStringsArray, ...values: unknown[]) => string;
}
