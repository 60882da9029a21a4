// The order of what was found. Three things count: what a section says of the query, what the
// questions say that it answers, and how alike these are to the query, piece by piece.

import { occurrencesOf } from "./occurrences.js"
import { Said } from "./said.js"

const ANSWERED = 0.7 // for a query that is a question, word for word
const DOUBT = 0.1 // the less the best section says of the query, the more counts what is alike
const OTHERS = 0.7 // pages that are not for learners stand behind: with half the weight, 0.6 times
const [REFERENCE, FAR] = [0.45, 2.5] // pages of less weight have something to say to nearly every query
// What words tell beside nouns, however rare they are.
const TELLS = { vague: 0.25, verb: 0.6, short: 0.4 }

// `terms` are those of Reader.read. Gives the sections that answer any of them, the best first.
export function rank(index, terms) {
  const known = terms.filter(({ ways }) => ways.length)
  const found = known.map((term) => split(occurrencesOf(index, term), index.sections.length))
  const weights = known.map((term, at) => weigh(term, found[at], index))
  const sections = found.map((each) => each.sections)
  const said = new Said(index, known, sections, weights)
  const answers = index.questions.answers(found.map((each) => each.questions), weights, index)
  const alike = index.questions.alike(terms.map(asTyped))
  const all = new Set([...sections, answers, alike].flatMap((each) => [...each.keys()]))
  const result = (at) => {
    const { page, section } = index.sections[at]
    return { page, section, at, ...joined(page, said.by(at), answers.get(at), alike.get(at)) }
  }
  return inOrder([...all].map(result))
}

// What speaks for a section of a page: `answer` and `alike` are of the questions that it answers.
function joined(page, said, answer = { fit: 0, says: [] }, alike = 0) {
  const far = page.weight < REFERENCE ? page.weight ** FAR : 1
  const score = said.score * page.weight ** OTHERS * far + ANSWERED * answer.fit
  const says = said.says.map((share, term) => Math.max(share, answer.says[term] ?? 0))
  return { ...said, score, says, alike: alike * far }
}

// The scores of what is said and of what is alike, each beside the best.
function inOrder(results) {
  const best = Math.max(0, ...results.map(({ score }) => score))
  const closest = Math.max(0, ...results.map(({ alike }) => alike))
  const sure = best / (best + DOUBT * closest || 1)
  for (const result of results) {
    const [said, close] = [result.score / (best || 1), result.alike / (closest || 1)]
    result.score = sure * said + (1 - sure) * close ** 2
  }
  return results.sort((one, other) => other.score - one.score)
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
