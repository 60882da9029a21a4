// The order of what was found: by what a section says of the query, what the questions say that it
// answers, how alike the nearest of these are, and how likely all of them make the query.

import { occurrencesOf } from "./occurrences.js"
import { Said } from "./said.js"
import { sum } from "./sums.js"

const ANSWERED = 0.7 // for a query that is a question, word for word
const DOUBT = 0.1 // the less the best section says of the query, the more counts what is alike
const CLOSEST = 2.5 // the more, the less counts what is alike to a lesser degree
const LIKELY = 0.4 // for the likeliest section; one word alone does not tell which it is
const [PAGE_SAYS, PAGE_ALIKE] = [0.3, 0.5] // what the next best sections of a page add to a section
const NEXT = 2 // sections
const MESSAGE = 4 // words, for a query that may be a message
const OTHERS = 0.7 // pages that are not for learners stand behind: with half the weight, 0.6 times
const [REFERENCE, FAR] = [0.45, 2.5] // pages of less weight have something to say to nearly every query
// What words tell beside nouns, however rare they are.
const TELLS = { vague: 0.25, verb: 0.6, short: 0.4 }

// `terms` are those of Reader.read. Gives the sections that answer any of them, the best first, and
// the gain of the likeliest, which Questions.likely tells.
export function rank(index, terms) {
  const known = terms.filter(({ ways }) => ways.length)
  const found = known.map((term) => split(occurrencesOf(index, term), index.sections.length))
  const weights = known.map((term, at) => weigh(term, found[at], index))
  const sections = found.map((each) => each.sections)
  const said = new Said(index, known, sections, weights)
  const answers = index.questions.answers(found.map((each) => each.questions), weights, index)
  const typed = terms.map(asTyped)
  const [alike, likely] = [index.questions.alike(typed), index.questions.likely(typed)]
  const all = new Set([...sections, answers, alike].flatMap((each) => [...each.keys()]))
  const result = (at) => {
    const { page, section } = index.sections[at]
    const quoted = quotes(index.sections[at], typed)
    const evidence = joined(page, said.by(at), answers.get(at), alike.get(at))
    return { page, section, at, quoted, likely: likely.by.get(at) ?? 0, ...evidence }
  }
  return { results: inOrder([...all].map(result), terms.length), gain: likely.gain }
}

// Whether a section quotes a message that has all words of a query.
function quotes({ messages }, words) {
  const isWhole = (message) => words.every((word) => message.includes(word))
  return words.length >= MESSAGE && messages.some(isWhole)
}

// What speaks for a section of a page: `answer` and `alike` are of the questions that it answers.
function joined(page, said, answer = { fit: 0, says: [] }, alike = 0) {
  const far = page.weight < REFERENCE ? page.weight ** FAR : 1
  const score = said.score * page.weight ** OTHERS * far + ANSWERED * answer.fit
  const says = said.says.map((share, term) => Math.max(share, answer.says[term] ?? 0))
  return { ...said, score, says, fit: answer.fit, alike: alike * far }
}

// The scores of what is said and of what is alike, each beside the best.
function inOrder(results, words) {
  const said = withPage(results, ({ score }) => score, PAGE_SAYS)
  const close = withPage(results, ({ alike }) => alike, PAGE_ALIKE)
  const [best, closest] = [said, close].map((all) => Math.max(0, ...all))
  const sure = best / (best + DOUBT * closest || 1)
  const likeliest = LIKELY * (1 - 1 / words)
  results.forEach((result, at) => {
    const [share, alike] = [said[at] / (best || 1), close[at] / (closest || 1)]
    result.score = sure * share + (1 - sure) * alike ** CLOSEST + likeliest * result.likely
    result.score += Number(result.quoted)
  })
  return results.sort((one, other) => other.score - one.score)
}

// What speaks for each section, with a share of the two others of its page that have most of it.
function withPage(results, valueOf, share) {
  const pages = new Map()
  for (const result of results) {
    const values = pages.get(result.page) ?? []
    pages.set(result.page, [...values, valueOf(result)])
  }
  for (const values of pages.values()) values.sort((one, other) => other - one).splice(NEXT + 1)
  return results.map((result) => {
    const [own, values] = [valueOf(result), pages.get(result.page)]
    return own + share * (sum(values) - Math.max(own, values.at(NEXT) ?? 0))
  })
}

// Where a term is said: the sections, and the questions, which are counted on after them.
function split(occurrences, count) {
  const all = [...occurrences]
  const questions = all.filter(([at]) => at >= count).map(([at, said]) => [at - count, said])
  return { sections: new Map(all.filter(([at]) => at < count)), questions: new Map(questions) }
}

// What a term tells: the fewer sections say it, or answer a question that says it, the more.
function weigh({ word, verb, vague }, { sections, questions }, index) {
  const { lines } = index.questions
  const { size } = new Set([...sections.keys(), ...[...questions.keys()].map((at) => lines[at].section)])
  const kind = vague ? "vague" : verb ? "verb" : /^(?:\d{1,2}|.)$/.test(word) ? "short" : "noun"
  return (TELLS[kind] ?? 1) * Math.log(1 + (index.sections.length - size + 0.5) / (size + 0.5))
}

// What somebody typed, on the keyboard that was meant: a slip is near enough as it is.
function asTyped({ typed, meant }) {
  const isSlip = /[ㄱ-ㅣ]/.test(typed) || (/^[a-z]+$/i.test(typed) && /[가-힣]/.test(meant))
  return meant && isSlip ? meant : typed.toLowerCase()
}
