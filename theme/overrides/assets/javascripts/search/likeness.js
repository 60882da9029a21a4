// How alike a query is to the questions that sections answer, by the pieces of their words. Pieces are
// a few letters long, so endings, spacing and slips cost little. Weights are those of TF-IDF, and what
// is alike is the cosine.

import { letters } from "./jamo.js"
import { isLatin } from "./words.js"

const [SYLLABLES, LETTERS, LATIN] = [[2, 3], [4, 5, 6], [3, 4, 5]] // of a piece

export class Likeness {
  // `questions` are lists of words.
  constructor(questions) {
    const all = questions.map(piecesOf)
    this.counts = new Map() // how many questions have a piece
    for (const pieces of all)
      for (const piece of pieces.keys()) this.counts.set(piece, (this.counts.get(piece) ?? 0) + 1)
    this.size = all.length
    this.places = new Map() // the questions that have a piece, each with its weight there
    all.forEach((pieces, at) => {
      for (const [piece, weight] of this.weighed(pieces)) this.add(piece, at, weight)
    })
  }

  add(piece, question, weight) {
    const places = this.places.get(piece)
    if (places) places.push(question, weight)
    else this.places.set(piece, [question, weight])
  }

  // The pieces with their weights, which are those of a vector of length 1.
  weighed(pieces) {
    const rare = (piece) => Math.log(1 + this.size / (this.counts.get(piece) ?? 1))
    const weights = [...pieces].map(([piece, times]) => [piece, (1 + Math.log(times)) * rare(piece)])
    const length = Math.hypot(...weights.map(([, weight]) => weight)) || 1
    return weights.map(([piece, weight]) => [piece, weight / length])
  }

  // For each question, how alike it is: 0 to 1.
  of(words) {
    const alike = new Float32Array(this.size)
    for (const [piece, weight] of this.weighed(piecesOf(words))) {
      const places = this.places.get(piece) ?? []
      for (let at = 0; at < places.length; at += 2) alike[places[at]] += weight * places[at + 1]
    }
    return alike
  }
}

function piecesOf(words) {
  const found = new Map()
  const add = (piece) => found.set(piece, (found.get(piece) ?? 0) + 1)
  for (const word of words) {
    add(word)
    if (isLatin(word)) cut(`^${word}$`, LATIN, add)
    else {
      cut(word, SYLLABLES, add)
      cut(`^${letters(word)}`, LETTERS, add)
    }
  }
  return found
}

function cut(text, lengths, add) {
  for (const length of lengths)
    for (let start = 0; start + length <= text.length; start++) add(text.slice(start, start + length))
}
