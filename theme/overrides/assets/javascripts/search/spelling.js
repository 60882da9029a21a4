// What a word that the site does not have was meant to be: typed on the other keyboard, a slip away
// from a word that it has, two if it is long, or an English word in Korean letters.

import { isWithin } from "./distance.js"
import { letters } from "./jamo.js"
import { asKorean, asLatin } from "./keyboard.js"
import { isAlike, sounds } from "./sounds.js"
import { isLatin } from "./words.js"

const NUMBER = /^\d+$/
const SHORTEST = 4 // letters
const LONG = 3 // syllables: a shorter word is taken for another only if the two sound alike
const VERY_LONG = 9 // letters: there may be two slips
const ALIKE = ["ㅐㅔ", "ㅒㅖ", "ㅏㅑ", "ㅓㅕ", "ㅗㅛ", "ㅜㅠ", "ㄱㄲㅋ", "ㄷㄸㅌ", "ㅂㅃㅍ", "ㅅㅆ", "ㅈㅉㅊ", "ㄴㅁㅇ"]
const SILENT = /(?<=[ㅏ-ㅣ])ㅅ(?=[ㄱㄷㅂㅅㅈ])/g
const heardAs = new Map(ALIKE.flatMap((group) => [...group].map((letter) => [letter, group[0]])))

export class Spelling {
  // `words` are those of the site, with how often each is there; `stem` takes endings off.
  constructor(words, stem) {
    this.words = [...words].map(([word, count]) => ({ word, count, letters: letters(word) }))
    this.known = new Set(words.keys())
    this.stem = stem
  }

  // The word that was meant; null if there is none. `isName` tells of a word whether it makes a name
  // with one beside it, `isMade` whether it is made of words of the site.
  correct(typed, isName = () => false, isMade = () => false) {
    if (NUMBER.test(typed)) return null
    const word = typed.toLowerCase()
    const found = this.fromOtherKeyboard(typed, isMade) ?? this.nearest(word, isName)
    if (found || isLatin(word)) return found
    const stem = this.stem(word)
    return this.nearest(stem, isName) ?? this.foreign(stem)
  }

  // The Latin word that a Korean one is made of.
  foreign(word) {
    const heard = sounds(word)
    this.latin ??= this.words.filter((each) => isLatin(each.word)).map(withSounds)
    return mostFrequent(heard ? this.latin.filter((each) => isAlike(heard, each.sounds)) : [])
  }

  fromOtherKeyboard(typed, isMade) {
    const other = isLatin(typed.toLowerCase()) ? asKorean(typed) : asLatin(typed)
    if (!other || other.length < 2) return null
    return this.known.has(this.stem(other)) || isMade(other) ? other : null
  }

  nearest(word, isName) {
    const there = letters(word)
    if (there.length < SHORTEST) return null
    const within = (slips) => this.words.filter((each) => isWithin(there, each.letters, slips))
    const near = within(1)
    const alike = near.filter((each) => heard(each.letters) === heard(there))
    const named = near.filter((each) => isName(each.word))
    if (alike.length || named.length || word.length < LONG) return mostFrequent(alike, named)
    // Fingers that are too fast swap letters; they seldom find a wrong one beside the right ones.
    const swapped = near.filter((each) => sorted(each.letters) === sorted(there))
    return mostFrequent(swapped, near, there.length < VERY_LONG ? [] : within(2))
  }
}

const withSounds = (each) => ({ ...each, sounds: sounds(each.word) })

// The most frequent word of the first list that has any.
function mostFrequent(...lists) {
  const words = lists.find(({ length }) => length) ?? []
  return words.sort((one, other) => other.count - one.count)[0]?.word ?? null
}

// Letters as they are heard; the ㅅ between nouns is not: 갯수 is 개수, 촛점 is 초점.
const heard = (word) =>
  [...word.replace(SILENT, "")].map((letter) => heardAs.get(letter) ?? letter).join("")

const sorted = (word) => [...word].sort().join("")
