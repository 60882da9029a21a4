// Pieces of words, a few letters long: endings, spacing and slips cost little. A piece is known by its
// hash alone: there are some hundred thousand.

import { letters } from "./jamo.js"
import { isLatin } from "./words.js"

const [SYLLABLES, LETTERS, LATIN] = [[2, 3], [4, 5, 6], [3, 4, 5]] // of a piece
const HASHES = 1 << 18

// Which of many texts, each a list of words, have which pieces.
export class Pieces {
  constructor(texts) {
    this.known = new Map() // of each word
    const all = texts.map((words) => this.of(words))
    this.texts = all.length
    this.ends = new Uint32Array(HASHES + 1) // of the places of each piece
    for (const piece of all.flat()) this.ends[piece + 1]++
    for (let piece = 0; piece < HASHES; piece++) this.ends[piece + 1] += this.ends[piece]
    const next = this.ends.slice()
    this.places = new Uint16Array(this.ends[HASHES])
    all.forEach((pieces, at) => pieces.forEach((piece) => (this.places[next[piece]++] = at)))
  }

  // The pieces of a text.
  of(words) {
    return words.flatMap((word) => {
      if (!this.known.has(word)) this.known.set(word, piecesOf(word))
      return this.known.get(word)
    })
  }

  // Each piece that any text has.
  *[Symbol.iterator]() {
    for (let piece = 0; piece < HASHES; piece++) if (this.count(piece)) yield piece
  }

  // The pieces of a text that others have, too.
  seen(words) {
    return [...new Set(this.of(words))].filter((piece) => this.count(piece))
  }

  // How many places a piece has.
  count(piece) {
    return this.ends[piece + 1] - this.ends[piece]
  }

  // The texts that have a piece, one for each place.
  having(piece) {
    return this.places.subarray(this.ends[piece], this.ends[piece + 1])
  }
}

function piecesOf(word) {
  const whole = hash(word, 0, word.length)
  if (isLatin(word)) return [whole, ...cut(`^${word}$`, LATIN)]
  return [whole, ...cut(word, SYLLABLES), ...cut(`^${letters(word)}`, LETTERS)]
}

function cut(text, lengths) {
  const found = []
  for (const length of lengths)
    for (let start = 0; start + length <= text.length; start++)
      found.push(hash(text, start, start + length))
  return found
}

// FNV-1a, cut to the number of hashes.
function hash(text, start, end) {
  let found = 0x811c9dc5
  for (let at = start; at < end; at++) found = Math.imul(found ^ text.charCodeAt(at), 0x01000193)
  return (found ^ (found >>> 14)) & (HASHES - 1)
}
