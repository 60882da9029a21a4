// English words without the endings that change most: saving, saved and saves are one word.

const ENDING = /(?:ications?|ations?|ions?|ings?|ed|es|e|(?<![aisu])s)$/
const TWICE = /([bdgmnprt])\1$/
const SHORTEST = 3

export function stem(word) {
  const start = word.replace(ENDING, "")
  if (start.length < SHORTEST || !/[aeiouy]/.test(start)) return word
  return start.replace(TWICE, "$1")
}
