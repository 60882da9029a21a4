// What readers ask, and which section answers it: how well its questions fit a query.

import { Bayes } from "./bayes.js"
import { isIdle } from "./idle.js"
import { Likeness } from "./likeness.js"
import { Pieces } from "./pieces.js"
import { sum } from "./sums.js"

const [SAID, ALIKE] = [1.2, 0.7] // what the second and the third question of a section count
const FLAT = 12 // pieces of a word depend on each other, so what they say of it is too sure
const CLOSE = 0.15 // below this, pieces are alike by chance

export class Questions {
  // `sections` have questions, headings and messages of errors, each a list of words.
  constructor(sections) {
    const linesOf = (kind) =>
      sections.flatMap((each, section) => each[kind].map((words) => ({ section, words })))
    this.lines = linesOf("asked").map(({ section, words }) => ({
      section,
      words: words.filter((word) => !isIdle(word)),
    }))
    this.titled = [...this.lines, ...linesOf("headings"), ...linesOf("messages")]
    this.pieces = new Pieces(this.titled.map(({ words }) => words))
    this.likeness = new Likeness(this.pieces)
    this.bayes = new Bayes(this.pieces, this.titled.map(({ section }) => section))
  }

  // By section, how alike its questions, headings and messages are to words as they were typed.
  alike(words) {
    const found = new Map()
    this.likeness.of(words).forEach((alike, at) => {
      if (alike > CLOSE) put(found, this.titled[at].section, alike)
    })
    return new Map([...found].map(([section, all]) => [section, best(all, ALIKE)]))
  }

  // How likely it is that words as they were typed ask for a section: `by` section, 1 for the
  // likeliest; and the `gain`, how much likelier they are in its questions than in all.
  likely(words) {
    const gains = this.bayes.of(words)
    const gain = Math.max(...gains.values())
    return { gain, by: new Map([...gains].map(([at, own]) => [at, Math.exp((own - gain) / FLAT)])) }
  }

  // By section, how much of a query its questions say, and how much of them the query is. `found`
  // gives for each term the questions that say it; `index.rare` how much a word weighs.
  answers(found, weights, index) {
    const rare = (word) => index.rare(word)
    const total = sum(weights) || 1
    const answers = new Map()
    for (const at of new Set(found.flatMap((questions) => [...questions.keys()]))) {
      const { section, words } = this.lines[at]
      const said = found.map((questions) => questions.get(at))
      const says = said.map((one, term) => ((one?.quality ?? 0) * weights[term]) / total)
      const used = new Set(said.flatMap((one) => [...(one?.words ?? [])]))
      const share = sum(words.filter((word) => used.has(word)).map(rare)) / sum(words.map(rare))
      put(answers, section, { fit: sum(says) ** 2 * share, says })
    }
    return new Map([...answers].map(([section, all]) => [section, bestOf(all)]))
  }
}

function put(lists, key, value) {
  if (lists.has(key)) lists.get(key).push(value)
  else lists.set(key, [value])
}

function best(all, more) {
  const [first, second = 0, third = 0] = all.sort((one, other) => other - one)
  return first + more * (second + third)
}

function bestOf(answers) {
  const { says } = answers.reduce((one, other) => (other.fit > one.fit ? other : one))
  return { fit: best(answers.map(({ fit }) => fit), SAID), says }
}
