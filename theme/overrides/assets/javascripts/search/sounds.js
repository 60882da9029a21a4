// Foreign words as they sound: 파워쉘 and powershell are spelled alike here. Consonants that Korean does
// not tell apart are one, and so are all vowels.

import { isWithin } from "./distance.js"
import { letters } from "./jamo.js"

const SHORTEST = 4 // consonants: of three, most words are alike by chance
const FOREIGN = /^(?:[a-z]{4,}|[가-힣]{3,})$/

// In this order, what stands for what. `a` is any vowel.
const LATIN = [
  [/(.)\1/g, "$1"],
  [/d?ge$|t?ch|tz|[jz]/g, "ㅈ"],
  [/e$/, ""],
  [/[ts]ion/g, "san"],
  [/sch/g, "sk"],
  [/ng(?![eiy])/g, "n"],
  [/ph/g, "p"],
  [/sh|th|c(?=[eiy])/g, "s"],
  [/x/g, "ks"],
  [/c?k|[cqg]/g, "k"],
  [/[bvf]/g, "p"],
  [/d/g, "t"],
  [/r(?![aeiouy])/g, ""],
  [/r/g, "l"],
  [/(?!^)h/g, ""],
  [/[aeiouyw]+/g, "a"],
]
const HANGUL = [
  [/ㅅ(?=$|[ㄱ-ㅎ])/g, "t"],
  [/ㅇ(?![ㅏ-ㅣ])|ㄴ/g, "n"],
  [/ㅡ|ㅇ|(?!^)ㅎ/g, ""],
  [/[ㄱㄲㅋ]/g, "k"],
  [/[ㄷㄸㅌ]/g, "t"],
  [/[ㅂㅃㅍ]/g, "p"],
  [/[ㅅㅆ]/g, "s"],
  [/[ㅈㅉㅊ]/g, "ㅈ"],
  [/ㄹ/g, "l"],
  [/ㅁ/g, "m"],
  [/ㅎ/g, "h"],
  [/[ㅏ-ㅣ]+/g, "a"],
]
const BOTH = [
  [/(.)\1/g, "$1"],
  [/a$/, ""],
]

// How a word sounds; empty if it is too short to tell.
export function sounds(word) {
  if (!FOREIGN.test(word)) return ""
  const rules = [...(/[a-z]/.test(word) ? LATIN : HANGUL), ...BOTH]
  const found = rules.reduce((text, [rule, sound]) => text.replace(rule, sound), letters(word))
  return consonants(found).length < SHORTEST ? "" : found
}

// Whether two sounds are of one word: one vowel more or less is no matter. Those of short words are
// not known.
export const isAlike = (one, other) =>
  one !== "" && consonants(one) === consonants(other) && isWithin(one, other, 1)

const consonants = (sound) => sound.replaceAll("a", "")
