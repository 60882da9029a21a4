// Words typed with the keyboard set to the other language: xpstj is 텐서, ㅅㄷㅜ내ㄱ is tensor.

import { syllables, typedLetters } from "./jamo.js"

const LATIN = "qwertyuiopasdfghjklzxcvbnmQWERTOP"
const KOREAN = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ"
const korean = new Map([...LATIN].map((key, place) => [key, KOREAN[place]]))
const latin = new Map([...KOREAN].map((letter, place) => [letter, LATIN[place].toLowerCase()]))

// What Latin letters are on a Korean keyboard; null if they make no syllables.
export function asKorean(word) {
  const typed = [...word].map((key) => korean.get(key) ?? korean.get(key.toLowerCase()))
  return typed.every(Boolean) ? syllables(typed.join("")) : null
}

// What Korean letters are on a Latin keyboard.
export function asLatin(word) {
  return [...typedLetters(word)].map((letter) => latin.get(letter) ?? "").join("")
}
