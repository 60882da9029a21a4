// Which section a query is likely to ask for, if it is written with the pieces of words with which the
// questions of the section are: naive Bayes, where each section is as likely before.

import { sum } from "./sums.js"

const UNSEEN = 0.05 // places of a piece, for a section that has none

export class Bayes {
  // `pieces` are those of the questions, and `sections` gives the section of each.
  constructor(pieces, sections) {
    Object.assign(this, { pieces, sections, kinds: 0 })
    this.sizes = new Map()
    for (const piece of pieces) {
      this.kinds += 1
      for (const at of pieces.having(piece)) this.add(this.sizes, sections[at], 1)
    }
  }

  // By section, the logarithm of how much likelier words are in its questions than in all;
  // pieces that none has tell nothing.
  of(words) {
    const pieces = this.pieces.seen(words)
    const all = this.pieces.places.length
    const inAll = sum(pieces.map((piece) => this.logShare(this.pieces.count(piece), all)))
    const without = ([section, size]) => [section, pieces.length * this.logShare(0, size) - inAll]
    const gains = new Map([...this.sizes].map(without))
    for (const piece of pieces) {
      const counts = new Map()
      for (const at of this.pieces.having(piece)) this.add(counts, this.sections[at], 1)
      for (const [section, count] of counts) this.add(gains, section, Math.log1p(count / UNSEEN))
    }
    return gains
  }

  // The logarithm of the share of a piece, of which there are `count` among the pieces of a section.
  logShare(count, size) {
    return Math.log((count + UNSEEN) / (size + UNSEEN * this.kinds))
  }

  add(counts, section, count) {
    counts.set(section, (counts.get(section) ?? 0) + count)
  }
}
