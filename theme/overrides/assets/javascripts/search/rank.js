// The order of what was found: by how much of the query a section says, rare words before common
// ones, headings before text, words side by side before words apart.

import { occurrencesOf } from "./occurrences.js"

const HALF = 7 // how often a section of mean length says a word to have half of its weight
const BY_LENGTH = 0.5 // how much of this depends on the length
const ON_PAGE = 0.25 // what a word counts that another section of the page says
const SIDE_BY_SIDE = 1.4
const TITLED = 1 // for a query that is a heading, word for word
const FAR = 2.5 // how far pages that are not for learners stand behind: with half the weight, a sixth
const CLEAR = 5 // not if they answer so many times better
const REFERENCE = 0.45 // pages of less weight have something to say to nearly every query: always
// What words tell beside nouns, however rare they are.
const TELLS = { vague: 0.25, verb: 0.6, short: 0.4 }

// `terms` are those of Reader.read. Gives the sections that say any of them, the best first.
export function rank(index, terms) {
  const found = terms.map((term) => occurrencesOf(index, term))
  const weights = terms.map((term, at) => weigh(term, found[at].size, index.sections.length))
  const pages = found.map((sections) => bestOfPages(index, sections))
  const total = sum(weights) || 1
  const results = [...new Set(found.flatMap((sections) => [...sections.keys()]))].map((at) => {
    const { page, section, length } = index.sections[at]
    const said = found.map((sections) => sections.get(at))
    const half = HALF * (1 - BY_LENGTH + (BY_LENGTH * length) / index.mean)
    const shares = said.map((one, term) => one?.quality ?? ON_PAGE * (pages[term].get(page) ?? 0))
    const strengths = said.map((one) => (one ? one.count / (one.count + half) : 0))
    const cover = product(weights, shares) / total
    const beside = sideBySide(terms, said, weights) / total
    const strength = product(weights, strengths) / total
    const titled = inHeading(index.sections[at].headings, said, weights) / total
    const score = cover ** 3 * strength * (1 + SIDE_BY_SIDE * beside + TITLED * titled)
    const says = said.map((one, term) => (one ? (weights[term] * one.quality) / total : 0))
    return { page, section, at, score, beside, says, words: wordsOf(said) }
  })
  const far = distance(results)
  for (const result of results) {
    const { weight } = result.page
    result.score *= weight ** (weight < REFERENCE ? FAR : far)
  }
  return results.sort((one, other) => other.score - one.score)
}

// How far pages for others stand behind: the less, the better they answer than those for learners.
function distance(results) {
  const best = (fits) =>
    Math.max(0, ...results.filter(({ page }) => fits(page.weight)).map(({ score }) => score))
  const ratio = best((weight) => weight < 1 && weight > REFERENCE) / best((weight) => weight === 1)
  return FAR * (1 - Math.min(1, Math.max(0, Math.log(ratio || 1) / Math.log(CLEAR))))
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)
const product = (weights, values) => sum(weights.map((weight, at) => weight * values[at]))

function weigh({ word, verb, vague }, count, sections) {
  const kind = vague ? "vague" : verb ? "verb" : /^(?:\d{1,2}|.)$/.test(word) ? "short" : "noun"
  return (TELLS[kind] ?? 1) * Math.log(1 + (sections - count + 0.5) / (count + 0.5))
}

function bestOfPages(index, sections) {
  const best = new Map()
  for (const [at, { quality }] of sections) {
    const { page } = index.sections[at]
    best.set(page, Math.max(best.get(page) ?? 0, quality))
  }
  return best
}

// What a section says of the query, in its own words.
function wordsOf(said) {
  return [...new Set(said.flatMap((one) => [...(one?.words ?? [])]))]
}

// The weight of the terms in a heading, times the share of the heading that they are.
function inHeading(headings, said, weights) {
  const shares = headings.map((words) => {
    const within = said.map((one) => words.filter((word) => one?.words.has(word)))
    const weight = product(weights, within.map(({ length }) => Number(length > 0)))
    return (weight * new Set(within.flat()).size) / (words.length || 1)
  })
  return Math.max(0, ...shares)
}

// The weight of the terms that stand after one another as in the query.
function sideBySide(terms, said, weights) {
  let beside = 0
  for (let next = 1; next < terms.length; next++) {
    const [one, other] = [said[next - 1], said[next]]
    const gap = terms[next].at - terms[next - 1].at + 1
    if (one && other && isNear(one.places, other.places, gap))
      beside += (weights[next - 1] + weights[next]) / 2
  }
  return beside
}

function isNear(places, others, gap) {
  return places.some(([, to]) => others.some(([from]) => from > to && from - to <= gap))
}
