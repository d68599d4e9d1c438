// The codes with their titles, meanings and advice, read from src/bundle/Codes.cpp: both verifiers say the same words.

const statements = { Intact: "intact", Authentic: "authentic", Complete: "complete", InTheLog: "in_the_log" };
const literal = String.raw`"(?:[^"\\]|\\.)*"`;
const text = String.raw`((?:${literal}\s*)+|\w+)`;
const row = new RegExp(String.raw`\{\s*"([EI]\d\d)",\s*(${literal}),\s*Statement::(\w+),\s*${text},\s*${text},\s*${text},\s*${text}\}`, "g");
const constant = new RegExp(String.raw`constexpr std::string_view (\w+)\s*=\s*((?:${literal}\s*)+);`, "g");

/** Adjacent string literals of C++ as one text. */
const joined = (source) => [...source.matchAll(new RegExp(literal, "g"))].map(([one]) => JSON.parse(one)).join("");

/** On the page one gives things in the form above the report, not with an option of a command. */
export const forPage = (words) => words?.replace(/ with --(?:anchor|crl|tsa-anchor|log-key|witness|previous)\b/g, " above");

/** Reads the table out of the source text. Throws when it does not find thirteen codes. */
export function codesOf(source) {
  const constants = new Map([...source.matchAll(constant)].map(([, name, value]) => [name, joined(value)]));
  const words = (part) => forPage(part.startsWith('"') ? joined(part) : constants.get(part.trim()));
  const codes = [...source.matchAll(row)].map(([, code, title, statement, meaning, advice, openMeaning, openAdvice]) => ({
    code, title: joined(title), statement: statements[statement],
    meaning: words(meaning), advice: words(advice), openMeaning: words(openMeaning), openAdvice: words(openAdvice),
  }));
  const isWhole = codes.length === 13 && codes.every((one) => Object.values(one).every(Boolean));
  if (!isWhole) throw new Error("src/bundle/Codes.cpp no longer has the form that tools/web/lib/codes.mjs reads.");
  return codes;
}
