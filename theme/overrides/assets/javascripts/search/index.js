// Where the words of the site are: which section, in which of its texts, at which place.

import * as english from "./english.js"
import { forms, Korean } from "./korean.js"
import { Questions } from "./questions.js"
import { humps, isLatin, wordsOf } from "./words.js"

// What a word counts by where it stands.
const WEIGHTS = { heading: 8, page: 1.5, text: 1, code: 0.7, said: 1.5 }
const HUMPS = 32 // the words within a name are between its place and the next one
const APART = 1000 // between two texts: words of both are never side by side

const linesOf = (text) => (text ? text.split("\n") : [])

// How well a word of the site answers one that was asked for.
const [SAME, FORM, START, INSIDE] = [1, 0.9, 0.6, 0.4]

export class Index {
  constructor({ pages, korean, same }) {
    this.sections = pages.flatMap((page) =>
      page.sections.map((section) => ({ page, section, length: 0 })),
    )
    this.korean = new Korean(korean, koreanWords(this.sections), same.flat())
    this.entries = new Map()
    this.names = new Set() // of two words: no grad
    this.sections.forEach((each, at) => this.addSection(each, at))
    for (const each of this.sections) {
      const { title, asked, said } = each.section
      const read = (texts) => texts.map((text) => this.wordsIn(text))
      each.headings = read(Object.values(title))
      Object.assign(each, { asked: read(linesOf(asked)), messages: read(linesOf(said)) })
    }
    this.questions = new Questions(this.sections)
    this.questions.lines.forEach(({ words }, at) => this.addQuestion(words, at))
    this.mean = this.sections.reduce((all, { length }) => all + length, 0) / this.sections.length
    this.known = new Set(this.stems())
    this.found = new Map()
  }

  addSection({ page, section }, at) {
    let place = 0
    const add = (text, weight) => {
      for (const line of linesOf(text))
        place = this.addText(line, weight, at, place) + APART
    }
    const top = section === page.sections[0]
    for (const language of ["ko", "en"]) {
      add(section.title[language], WEIGHTS.heading)
      if (!top) add(page.sections[0].title[language], WEIGHTS.page)
      add(section.text[language], WEIGHTS.text)
    }
    add(section.code, WEIGHTS.code)
    add(section.said, WEIGHTS.said)
    add(section.about, WEIGHTS.text)
  }

  // Questions are counted on after the sections.
  addQuestion(words, at) {
    words.forEach((word, place) => this.add(word, this.sections.length + at, 1, place))
  }

  wordsIn(text) {
    return [...this.words(text)].map(({ word }) => word)
  }

  addText(text, weight, section, place) {
    let before = ""
    for (const { word, typed, follows } of this.words(text)) {
      if (follows) this.names.add(`${before} ${word}`)
      before = word
      this.add(word, section, weight, place)
      humps(typed).forEach((hump, at) => this.add(hump, section, weight, place + at / HUMPS))
      place += 1
      this.sections[section].length += 1
    }
    return place
  }

  add(word, section, weight, place) {
    let entry = this.entries.get(word)
    if (!entry) this.entries.set(word, (entry = { word, ...this.describe(word), places: [] }))
    entry.places.push(section, weight, place) // one after another: objects would take much memory
  }

  // How often the site says a word, but for questions.
  count(word) {
    const { places } = this.entries.get(word)
    return places.filter((unit, at) => at % 3 === 0 && unit < this.sections.length).length
  }

  // How much a word tells: the fewer texts have it, the more.
  rare(word) {
    return Math.log(1 + this.sections.length / (this.entries.get(word).places.length / 3))
  }

  *occurrences(word, fits) {
    const { places } = this.entries.get(word)
    for (let at = 0; at < places.length; at += 3) {
      const [section, weight, place] = [places[at], places[at + 1], places[at + 2]]
      yield { section, weight, from: place, to: place, fits, words: [word] }
    }
  }

  describe(word) {
    if (isLatin(word)) return { stem: english.stem(word), letters: word }
    return { stem: this.korean.stem(word), letters: forms(word) }
  }

  *stems() {
    for (const { stem } of this.entries.values()) yield stem
  }

  words(text) {
    return wordsOf(text, (ending) => this.korean.foreign.test(ending))
  }

  stem(word) {
    return isLatin(word) ? english.stem(word) : this.korean.stem(word)
  }

  root(word) {
    return isLatin(word) ? english.stem(word) : this.korean.root(word)
  }

  isVerb(word) {
    return !isLatin(word) && this.korean.isVerb(word)
  }

  // The words of the site that answer a word, with how well each does.
  find(word) {
    if (!this.found.has(word)) this.found.set(word, this.look(word))
    return this.found.get(word)
  }

  look(word) {
    const found = new Map()
    const how = isLatin(word) ? this.latin(word) : this.hangul(word)
    for (const [there, entry] of this.entries) {
      const quality = there === word ? SAME : how(entry)
      if (quality) found.set(there, quality)
    }
    return found
  }

  latin(word) {
    const stem = english.stem(word)
    const start = stem.length > 3 ? stem : word
    return (entry) => {
      if (entry.stem === stem) return SAME
      return start.length > 2 && entry.word.startsWith(start) ? START : 0
    }
  }

  hangul(word) {
    const stem = this.korean.stem(word)
    const verb = this.korean.isVerb(word)
    const form = this.korean.beginning(word)
    const typing = /[ㄱ-ㅣ]$/.test(word) && forms(word)
    const isShort = stem.length === 2 && this.korean.isParticle(...stem) // 비가 is not in 준비가
    return (entry) => {
      if (entry.stem === stem) return SAME
      if (form && entry.letters.startsWith(form)) return FORM
      if (typing && typing.length > 2 && entry.letters.startsWith(typing)) return START
      if (verb || stem.length < 2 || isShort) return 0
      if (entry.word.startsWith(stem)) return START
      return entry.word.includes(stem) ? INSIDE : 0
    }
  }
}

function koreanWords(sections) {
  const texts = sections.flatMap(({ section: { title, text, asked } }) => [title.ko, text.ko, asked])
  return new Set(texts.join(" ").match(/[가-힣]+/g))
}
