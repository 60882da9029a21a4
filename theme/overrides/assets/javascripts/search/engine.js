// The search: from what somebody types to the sections that answer, grouped by page.

import { Index } from "./index.js"
import { Reader } from "./query.js"
import { rank } from "./rank.js"
import { sum } from "./sums.js"
import { isLatin } from "./words.js"

const ENOUGH = 0.5 // of what the best page has, and more if that has the words side by side
const MORE = 0.1
const [MOST_PAGES, OF_BEST, OF_OTHERS] = [8, 5, 3] // sections
const NEWS = 0.2 // of the query
// Whether an answer is one: fitted to a thousand queries, of which one in ten has none on the site.
const [SAID, ALIKE, WORD, UNKNOWN, GUESSED, HEARD, SURE] = [0.7, 0.35, 0.03, 1, 0.1, 0.3, 0.47]
const [MOST_WORDS, CLOSE] = [8, 0.6]
// What a word counts among those that the site does not have.
const TELLS = { vague: 0.25, verb: 0.5, syllable: 0.5, noun: 1 }

export class Engine {
  constructor(data) {
    this.index = new Index(data)
    this.reader = new Reader(this.index, data.same)
  }

  // Gives the pages, each a list of sections; the words that the site does not have; the terms that
  // were understood otherwise than typed; whether `pages` answer too little to be shown at once.
  search(text, options) {
    const terms = this.reader.read(text, options)
    const results = rank(this.index, terms)
    const missing = terms.filter(isMissing).map(({ typed }) => typed)
    const understood = terms.filter(({ meant }) => meant)
    const folded = results.length > 0 && !isSure(terms, results, missing.length)
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
    const { score, beside } = all[0][0]
    const enough = (ENOUGH + MORE * beside) * score
    return all.filter(([first]) => first.score >= enough).slice(0, MOST_PAGES)
  }
}

// A verb, a vague word or a syllable may be missing: the answer is about the nouns.
function isMissing({ word, ways, verb, vague }) {
  return !ways.length && !verb && !vague && !/^[가-힣]$/.test(word)
}

// Whether a query is answered: by how much of it is said, how alike a question is, how many words it
// has, and how many of them the site does not have, or only if they are misspelt. Where it does not
// have half of them, a question must be alike.
function isSure(terms, results, missing) {
  const share = (fits) => sum(terms.filter(fits).map(tells)) / sum(terms.map(tells))
  const said = Math.max(...results.map(({ says }) => sum(says)))
  const alike = Math.max(...results.map((result) => result.alike))
  const words = Math.min(terms.length, MOST_WORDS)
  const guessed = GUESSED * share(({ meant }) => meant) + HEARD * share(isHeard)
  const unknown = UNKNOWN * share(({ ways }) => !ways.length) + guessed
  const isKnown = 2 * missing < terms.length || alike > CLOSE
  return isKnown && SAID * said + ALIKE * alike + WORD * words - unknown >= SURE
}

// An English word in Korean letters is the boldest of guesses.
const isHeard = ({ typed, meant }) => meant && isLatin(meant) && /[가-힣]/.test(typed)

function tells({ word, verb, vague }) {
  return TELLS[vague ? "vague" : verb ? "verb" : /^[가-힣]$/.test(word) ? "syllable" : "noun"]
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
