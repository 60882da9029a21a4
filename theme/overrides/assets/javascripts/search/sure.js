// Whether a query is answered at all, or something was found by chance.

import { sum } from "./sums.js"
import { isLatin } from "./words.js"

// What counts for an answer, and what against it. The weights are those of a logistic regression on
// the queries of the tests, one in ten of which has no answer on the site, divided by one of them.
const [SAID, ALIKE, WORD, UNKNOWN, GUESSED, HEARD, SURE] = [0.7, 0.35, 0.03, 1, 0.1, 0.3, 0.47]
const [MOST_WORDS, CLOSE] = [8, 0.6]
// What a word counts among those that the site does not have.
const TELLS = { vague: 0.25, verb: 0.5, syllable: 0.5, noun: 1 }

// By how much of it is said, how alike a question is, how many words it has, and how many of them the
// site does not have, or only if they are misspelt. `missing` is the number of its nouns that the site
// does not have: where they are half of the words, a question has to be alike.
export function isSure(terms, results, missing) {
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
