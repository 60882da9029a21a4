// The search: from what somebody types to the sections that answer, grouped by page.

import { Index } from "./index.js"
import { Reader } from "./query.js"
import { rank } from "./rank.js"

const ENOUGH = 0.4 // of what the best page has
const [MOST_PAGES, MOST_SECTIONS] = [8, 3]

export class Engine {
  constructor(data) {
    this.index = new Index(data)
    this.reader = new Reader(this.index, data.same)
  }

  // Gives the pages, each a list of sections; the words that the site does not have; the terms that
  // were understood otherwise than typed; whether `pages` answer too little to be shown at once.
  search(text, options) {
    const terms = this.reader.read(text, options)
    const known = terms.filter(({ ways }) => ways.length)
    const missing = terms.filter(isMissing).map(({ typed }) => typed)
    const understood = known.filter(({ meant }) => meant)
    const pages = this.grouped(rank(this.index, known))
    // Beside a word that the site does not have, a guess is none.
    const unsure = missing.length + understood.length
    const folded = missing.length > 0 && 2 * unsure >= terms.length
    return { pages, missing, understood, folded }
  }

  grouped(results) {
    const pages = new Map()
    for (const result of results) {
      const sections = pages.get(result.page) ?? []
      if (sections.length < MOST_SECTIONS) pages.set(result.page, [...sections, result])
    }
    const all = [...pages.values()]
    const best = all[0]?.[0].score ?? 0
    return all.filter(([first]) => first.score >= ENOUGH * best).slice(0, MOST_PAGES)
  }
}

// A verb, a vague word or a syllable may be missing: the answer is about the nouns.
function isMissing({ word, ways, verb, vague }) {
  return !ways.length && !verb && !vague && !/^[가-힣]$/.test(word)
}
