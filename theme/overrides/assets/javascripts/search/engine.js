// The search: from what somebody types to the sections that answer, grouped by page.

import { Index } from "./index.js"
import { Reader } from "./query.js"
import { rank } from "./rank.js"
import { isMissing, isSure } from "./sure.js"

// What a page needs of what the best one has: more if that has the words side by side, and if it is
// not for the same readers.
const [ENOUGH, MORE, OTHER] = [0.52, 0.1, 0.06]
const [MOST_PAGES, OF_BEST, OF_OTHERS] = [8, 5, 3] // sections
const NEWS = 0.2 // of the query

export class Engine {
  constructor(data) {
    this.index = new Index(data)
    this.reader = new Reader(this.index, data.same)
  }

  // Gives the pages, each a list of sections; the words that the site does not have; the terms that
  // were understood otherwise than typed; whether `pages` answer too little to be shown at once.
  search(text, options) {
    const terms = this.reader.read(text, options)
    const { results, gain } = rank(this.index, terms)
    const missing = terms.filter(isMissing).map(({ typed }) => typed)
    const understood = terms.filter(({ meant }) => meant)
    const folded = results.length > 0 && !isSure(this.index, terms, results, gain)
    return { pages: this.grouped(results), missing, understood, folded }
  }

  grouped(results) {
    const pages = new Map()
    for (const result of results) {
      if (!pages.has(result.page)) pages.set(result.page, [])
      pages.get(result.page).push(result)
    }
    const all = [...pages.values()].map((found, at) => varied(found, at ? OF_OTHERS : OF_BEST))
    if (!all.length) return []
    const best = all[0][0]
    const isEnough = ([{ page, score }]) => {
      const other = page.weight === best.page.weight ? 0 : OTHER
      return score >= (ENOUGH + MORE * best.beside + other) * best.score
    }
    return all.filter(isEnough).slice(0, MOST_PAGES)
  }
}

// The first sections of a page: one that says what those before it do not goes before its betters.
function varied([first, ...rest], most) {
  const chosen = [first]
  while (rest.length && chosen.length < most) {
    const at = rest.findIndex((result) => news(result, chosen) > NEWS)
    chosen.push(...rest.splice(Math.max(0, at), 1))
  }
  return chosen
}

// The share of the query that a section says and others do not.
const news = ({ says }, others) =>
  says.reduce((all, share, term) => all + (others.some((other) => other.says[term]) ? 0 : share), 0)
