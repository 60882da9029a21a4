// What the list of results shows of a section: the line with most of what was asked for, in the
// language of the reader if that has any.

const LONGEST = 180 // signs
const BEFORE = 40

// `found` finds the words, `languages` are those of the reader, the first one first.
export function teaser({ text, code, said }, found, languages) {
  const lines = [
    ...languages.flatMap((lang) => (text[lang] ?? "").split("\n").map((line) => ({ line, lang }))),
    ...[said, code].flatMap((source) => source.split("\n").map((line) => ({ line, lang: "" }))),
  ].filter(({ line }) => line)
  const withScore = (each) => ({ ...each, score: found ? score(each, found, languages) : 0 })
  const better = (one, other) => (other.score > one.score ? other : one)
  const best = lines.map(withScore).reduce(better, { score: 0 })
  const shown = best.score ? best : (lines[0] ?? { line: "", lang: "" })
  return { line: cut(shown.line, found), lang: shown.lang }
}

// Each word counts once; a line in the reader's own language a little more, so that it comes first.
function score({ line, lang }, found, [own]) {
  const words = new Set((line.match(found) ?? []).map((word) => word.toLowerCase()))
  return words.size * (lang === own ? 2 : 1)
}

function cut(line, found) {
  if (line.length <= LONGEST) return line
  const first = Math.max(0, found ? line.search(new RegExp(found.source, "i")) : 0)
  const start = first + BEFORE < LONGEST ? 0 : line.indexOf(" ", first - BEFORE) + 1
  const end = line.lastIndexOf(" ", start + LONGEST)
  const rest = line.slice(start, end > first ? end : start + LONGEST)
  return `${start ? "… " : ""}${rest}${start + LONGEST < line.length ? " …" : ""}`
}
