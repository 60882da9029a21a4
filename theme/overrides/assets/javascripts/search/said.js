// How well sections say a query in their own words: rare words count more than common ones, headings
// more than text, words side by side more than words apart.

import { product, sum } from "./sums.js"

const HALF = 7 // how often a section of mean length says a word to have half of its weight
const BY_LENGTH = 0.5 // how much of this depends on the length
const ON_PAGE = 0.25 // what a word counts that another section of the page says
const SIDE_BY_SIDE = 1.4
const TITLED = 1 // for a query that is a heading, word for word

export class Said {
  // `found` gives for each term the sections that say it.
  constructor(index, terms, found, weights) {
    Object.assign(this, { index, terms, found, weights, total: sum(weights) || 1 })
    this.pages = found.map((sections) => this.bestOfPages(sections))
  }

  bestOfPages(sections) {
    const best = new Map()
    for (const [at, { quality }] of sections) {
      const { page } = this.index.sections[at]
      best.set(page, Math.max(best.get(page) ?? 0, quality))
    }
    return best
  }

  // What one section says: the score, the share of each term, and the words themselves.
  by(at) {
    const said = this.found.map((sections) => sections.get(at))
    const beside = this.sideBySide(said) / this.total
    const titled = this.inHeading(this.index.sections[at].headings, said) / this.total
    const whole = 1 + SIDE_BY_SIDE * beside + TITLED * titled
    const score = this.cover(at, said) ** 2 * this.strength(at, said) * whole
    const share = (one, term) => (one ? (this.weights[term] * one.quality) / this.total : 0)
    return { score, beside, says: said.map(share), words: wordsOf(said) }
  }

  cover(at, said) {
    const { page } = this.index.sections[at]
    const onPage = (term) => ON_PAGE * (this.pages[term].get(page) ?? 0)
    const shares = said.map((one, term) => one?.quality ?? onPage(term))
    return product(this.weights, shares) / this.total
  }

  strength(at, said) {
    const length = this.index.sections[at].length / this.index.mean
    const half = HALF * (1 - BY_LENGTH + BY_LENGTH * length)
    const strengths = said.map((one) => (one ? one.count / (one.count + half) : 0))
    return product(this.weights, strengths) / this.total
  }

  // The weight of the terms in a heading, times the share of the heading that they are.
  inHeading(headings, said) {
    const shares = headings.map((words) => {
      const within = said.map((one) => words.filter((word) => one?.words.has(word)))
      const weight = product(this.weights, within.map(({ length }) => Number(length > 0)))
      return (weight * new Set(within.flat()).size) / (words.length || 1)
    })
    return Math.max(0, ...shares)
  }

  // The weight of the terms that stand after one another as in the query.
  sideBySide(said) {
    let beside = 0
    for (let next = 1; next < said.length; next++) {
      const [one, other] = [said[next - 1], said[next]]
      const gap = this.terms[next].at - this.terms[next - 1].at + 1
      if (one && other && isNear(one.places, other.places, gap))
        beside += (this.weights[next - 1] + this.weights[next]) / 2
    }
    return beside
  }
}

// The words of a section that say the query.
function wordsOf(said) {
  return [...new Set(said.flatMap((one) => [...(one?.words ?? [])]))]
}

function isNear(places, others, gap) {
  return places.some(([, to]) => others.some(([from]) => from > to && from - to <= gap))
}
