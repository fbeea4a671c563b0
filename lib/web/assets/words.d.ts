// What words.js gives to the scripts that come after it in the first page.

export {};

declare global {
  var boardWord: (literal: TemplateStringsArray, ...values: unknown[]) => string;
}
