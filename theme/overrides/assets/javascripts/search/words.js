// The words of a text, in lower case, each with its place.

const WORD = /[가-힣ㄱ-ㅣ]+|[a-z0-9]+/gi
const JOINED = /\w[._]$/
const LATIN = /^[a-z0-9]+$/
const HUMP = /[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+/g // CrossEntropyLoss, MSELoss

export const isLatin = (word) => LATIN.test(word)

// Whether a word is part of a name of code, no_grad or nn.Linear, and `follows` another part of it.
// `isEnding` tells what may be attached to a foreign word: in DataLoader를, 를 is no word.
export function* wordsOf(text, isEnding) {
  let before = -1
  for (const { 0: typed, index } of text.matchAll(WORD)) {
    const attached = index === before
    before = /[a-z0-9]$/i.test(typed) ? index + typed.length : -1
    if (attached && isEnding(typed)) continue
    const follows = JOINED.test(text.slice(Math.max(0, index - 2), index))
    const inName = follows || isFollowed(text, index + typed.length)
    yield { word: typed.toLowerCase(), typed, inName, follows }
  }
}

const isFollowed = (text, end) => /[._]\w/.test(text.slice(end, end + 2))

// The words that a name in capitals is made of; none if it is one word.
export function humps(typed) {
  const found = /[a-z][A-Z]|[A-Z]{2}[a-z]/.test(typed) ? typed.match(HUMP) : []
  return found.length > 1 ? found.map((hump) => hump.toLowerCase()) : []
}
