// How alike a query is to the questions that sections answer, by the pieces of their words. Pieces are
// a few letters long, so endings, spacing and slips cost little. Weights are those of TF-IDF, and what
// is alike is the cosine. A piece is known by its hash alone: there are some hundred thousand.

import { letters } from "./jamo.js"
import { isLatin } from "./words.js"

const [SYLLABLES, LETTERS, LATIN] = [[2, 3], [4, 5, 6], [3, 4, 5]] // of a piece
const HASHES = 1 << 18

export class Likeness {
  // `questions` are lists of words.
  constructor(questions) {
    this.pieces = new Map() // of each word
    const all = questions.map((words) => this.piecesOf(words))
    this.size = all.length
    this.ends = new Uint32Array(HASHES + 1) // of the places of each piece
    for (const piece of all.flat()) this.ends[piece + 1]++
    for (let piece = 0; piece < HASHES; piece++) this.ends[piece + 1] += this.ends[piece]
    const next = this.ends.slice()
    this.places = new Uint16Array(this.ends[HASHES])
    all.forEach((pieces, at) => pieces.forEach((piece) => (this.places[next[piece]++] = at)))
    this.lengths = all.map((pieces) => this.length(pieces))
  }

  // For each question, how alike it is: 0 to 1.
  of(words) {
    const alike = new Float32Array(this.size)
    const pieces = this.piecesOf(words)
    const length = this.length(pieces)
    for (const piece of pieces) {
      const weight = this.rare(piece) ** 2
      for (let at = this.ends[piece]; at < this.ends[piece + 1]; at++)
        alike[this.places[at]] += weight / length / this.lengths[this.places[at]]
    }
    return alike.map((share) => Math.min(1, share))
  }

  rare(piece) {
    return Math.log(1 + this.size / (this.ends[piece + 1] - this.ends[piece] || 1))
  }

  length(pieces) {
    return Math.hypot(...pieces.map((piece) => this.rare(piece))) || 1
  }

  piecesOf(words) {
    return words.flatMap((word) => {
      if (!this.pieces.has(word)) this.pieces.set(word, piecesOf(word))
      return this.pieces.get(word)
    })
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
