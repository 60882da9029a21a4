// Where words are in a text, to mark them.

const SHORT = 4 // letters: a shorter Latin word is marked only where it stands alone

// Finds any of these words, whole; null if there are none.
export function pattern(words) {
  const all = [...new Set(words)].filter(Boolean).sort((one, other) => other.length - one.length)
  return all.length ? new RegExp(all.map(whole).join("|"), "gi") : null
}

function whole(word) {
  const text = word.replace(/[^a-z0-9가-힣]/gi, "\\$&")
  if (/^[a-z0-9]/i.test(word))
    return word.length < SHORT ? `(?<![a-z0-9])${text}(?![a-z0-9])` : text
  return `(?<![가-힣])${text}(?![가-힣])`
}

// A text as nodes, with what the pattern finds in <mark>.
export function marked(text, found) {
  if (!found) return [text]
  const nodes = []
  let end = 0
  for (const { 0: word, index } of text.matchAll(found)) {
    const mark = document.createElement("mark")
    mark.textContent = word
    nodes.push(text.slice(end, index), mark)
    end = index + word.length
  }
  return [...nodes, text.slice(end)].filter((node) => node !== "")
}
