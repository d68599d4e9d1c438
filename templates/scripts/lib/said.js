// The words of the scripts in the page's language. A page in another language brings them as window.tickmarkWords;
// the English text is the key, with {} for each value.

const words = window.tickmarkWords ?? {};

/** For a template literal: said, the text between back quotes with its ${values}. */
export function said(texts, ...values) {
  const english = texts.join("{}");
  let next = 0;
  return (words[english] ?? english).replace(/\{(\d*)\}/g, (gap, number) => values[number === "" ? next++ : number - 1]);
}
